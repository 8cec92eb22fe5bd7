#include "labs/network/sharpness_task.h"

namespace descent::network {

SharpnessTask::SharpnessTask(const TrainingSetup& setup, std::shared_ptr<const Split> data)
    : problem_(setup, std::move(data)) {}

void SharpnessTask::add(std::string label, const Vector& x) {
  cases_.push_back({std::move(label), x, {}, {}});
}

Product SharpnessTask::hessianAt(const Vector& x) const {
  return [this, &x](const Vector& v, Vector& out) { problem_.hessianVector(x, v, out); };
}

void SharpnessTask::advance(int units) {
  for (; units > 0 && done_ < total(); --units, ++done_) {
    Case& now = cases_[static_cast<std::size_t>(done_ / (kLanczos + kProbes))];
    const int place = done_ % (kLanczos + kProbes);
    if (place == 0) {
      krylov_ =
          std::make_unique<Krylov>(hessianAt(now.x), random_.normalVector(now.x.size()), kLanczos);
      samples_.clear();
    }
    if (place < kLanczos) {
      if (krylov_ && !krylov_->grow()) {
        now.top = krylov_->top();
        krylov_.reset();
      }
      continue;
    }
    samples_.push_back(hutchinson(hessianAt(now.x), now.x.size(), 1, random_).value);
    now.trace = meanOf(samples_);
  }
}

Table SharpnessTask::result() const {
  Table table{"Sharpness of the training loss",
              {{"Optimizer", ""},
               {"λ", "Largest eigenvalue of the Hessian, by Lanczos' method."},
               {"Residual", "‖Hv − λv‖ of the eigenvector found."},
               {"2/λ", "Beyond this rate gradient descent leaves such a place."},
               {"Trace", "Hutchinson's estimate."},
               {"± error", "Standard error of the trace."}},
              {}};
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    const Case& c = cases_[i];
    if (done_ < static_cast<int>(i + 1) * (kLanczos + kProbes)) break;
    table.rows.push_back(
        {static_cast<int>(i),
         {c.label, c.top.value, c.top.residual, 2 / c.top.value, c.trace.value, c.trace.error}});
  }
  return table;
}

}  // namespace descent::network
