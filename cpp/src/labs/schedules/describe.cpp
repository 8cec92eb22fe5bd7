// Schedules: the curves over a run, and the run that each drives from one start.
#include <cmath>

#include "descent/finished.h"
#include "labs/schedules/lab.h"

namespace descent {
namespace {

double factorAt(const Finished& run, const char* curve, std::size_t t) {
  return run.session().read(curve)->data.at(t);
}
bool isAbout(double value, double expected, double margin) {
  return std::abs(value - expected) <= margin;
}

}  // namespace

void register_schedules(Catalogue& catalogue) {
  using namespace schedules;
  Describe<Schedules> lab("schedules", "Schedules");
  lab.sentence("Curves of the learning rate, and the run that each of them drives.")
      .knob("schedules", &Schedules::scheduleRecipes, Kind::kSchedule, 1, 8,
            "Schedules to compare, 1 to 8.")
      .as("Schedules")
      .fixed()
      .knob("optimizer", &Schedules::optimizerRecipe, Kind::kOptimizer,
            "The optimizer that runs; its rate is the peak that the factors multiply. A schedule "
            "of its own gives way to those that are compared.")
      .as("Optimizer")
      .fixed();
  describeGround(lab);
  describeStart(lab);
  lab.knob("steps", &Schedules::steps, 1, 20000, "Length of the run: the schedules' horizon.")
      .as("Steps", "T")
      .usual(10, 10000, Scale::kLog)
      .fixed()
      .preset("bowl", "Five ways to spend a rate",
              "On a bowl the distance after t steps is a product over the schedule, known before "
              "the run.",
              "")
      .shows("each of the five distances is the product over its schedule",
             [](const Finished& run) {
               for (int i = 0; i < 5; ++i) {
                 const Reading* product = run.reading("distance Π", i);
                 if (!product || product->verdict() != Verdict::kHolds) return false;
               }
               return true;
             })
      .preset("warm-up", "Why warm-up",
              "High curvature for 20 steps, then low: at a constant rate it is thrown out, and "
              "only a warm-up longer than that survives.",
              "problem=warmup-toy&optimizer=sgd(lr=0.15)&steps=200&schedules=constant,"
              "warmup(steps=20),warmup(steps=40),warmup(steps=80)")
      .shows("constant and the warm-up of 20 steps are thrown out in the steep phase",
             [](const Finished& run) {
               return run.diverged(0) && run.stopped(0) <= 20 && run.diverged(1) &&
                      run.stopped(1) <= 20;
             })
      .shows("the longer warm-ups arrive",
             [](const Finished& run) {
               return run.last("loss/2") < 1e-20 && run.last("loss/3") < 1e-20;
             })
      .preset("basins", "Two schedules, two basins",
              "A sharp dip before a wide one: cosine keeps the rate high long enough to leave it, "
              "and the loss falls to −0.95; exponential stays in the dip, at −0.21.",
              "landscape=custom(f=\"-0.3*exp(-(x+1.5)^2/0.02) - exp(-(x-1)^2/1.62) + 0.05*x^2 + "
              "y^2/2\", x0=-3, x1=3, y0=-2, y1=2)&start=-2.2,1&optimizer=sgd(lr=0.25)&"
              "schedules=cosine,exponential(form=end,end=0.001)")
      .shows("cosine ends in the wide dip at −0.95",
             [](const Finished& run) { return isAbout(run.last("loss/0"), -0.954, 1e-3); })
      .shows("exponential ends in the sharp dip at −0.21",
             [](const Finished& run) { return isAbout(run.last("loss/1"), -0.209, 1e-3); })
      .preset("gpt3", "GPT-3 Small",
              "Peak 6e-4, 750 steps of warm-up, cosine to a tenth, then constant (Brown et al. "
              "2020, appendix B), in 10,000 steps on a small least-squares problem.",
              "problem=least-squares(batch=16)&optimizer=adamw(lr=0.0006,beta2=0.95,"
              "weightDecay=0.1)&steps=10000&schedules=join(warmup(cosine(floor=0.1),steps=750),"
              "at=8667,b=linear(start=0.1,end=0.1)),constant")
      .shows("750 steps up, a cosine to a tenth, then constant",
             [](const Finished& run) {
               return isAbout(factorAt(run, "factor/0", 374), 0.5, 1e-5) &&
                      factorAt(run, "factor/0", 749) == 1 &&
                      isAbout(factorAt(run, "factor/0", 4708), 0.55, 1e-3) &&
                      isAbout(factorAt(run, "factor/0", 8667), 0.1, 1e-12) &&
                      isAbout(factorAt(run, "factor/0", 9999), 0.1, 1e-12);
             })
      .shows("both losses fall to a hundredth",
             [](const Finished& run) {
               return run.last("loss/0") < run.first("loss/0") / 100 &&
                      run.last("loss/1") < run.first("loss/1") / 100;
             })
      .preset("llama", "LLaMA style",
              "Peaks 3e-4 and 1.5e-4 with the same curve (Touvron et al. 2023), here 3e-4; beside "
              "it warm-up, stable, decay.",
              "problem=least-squares(batch=16)&optimizer=adamw(lr=0.0003,beta2=0.95,"
              "weightDecay=0.1)&steps=10000&schedules=warmup(cosine(floor=0.1),steps=2000),"
              "wsd(warmup=2000)")
      .shows("2,000 steps up and a cosine to a tenth",
             [](const Finished& run) {
               return factorAt(run, "factor/0", 1999) == 1 &&
                      isAbout(factorAt(run, "factor/0", 6000), 0.55, 1e-3) &&
                      isAbout(factorAt(run, "factor/0", 10000), 0.1, 1e-12);
             })
      .shows("beside it up, level until step 8,000, and down to nothing",
             [](const Finished& run) {
               return factorAt(run, "factor/1", 1999) == 1 &&
                      factorAt(run, "factor/1", 7999) == 1 &&
                      isAbout(factorAt(run, "factor/1", 9000), 0.5, 1e-5) &&
                      isAbout(factorAt(run, "factor/1", 10000), 0, 1e-12);
             })
      .preset("fine-tuning", "Fine-tuning",
              "From 1e-5 to 1e-6 in a straight line, as large models are tuned; a small problem "
              "hardly moves at such rates.",
              "problem=logistic(batch=16)&optimizer=adamw(lr=0.00001)&steps=2000&"
              "schedules=linear(end=0.1),constant")
      .shows("the factor falls from 1 to 0.1 in a straight line",
             [](const Finished& run) {
               return factorAt(run, "factor/0", 0) == 1 &&
                      isAbout(factorAt(run, "factor/0", 1000), 0.55, 1e-5) &&
                      isAbout(factorAt(run, "factor/0", 2000), 0.1, 1e-12);
             })
      .shows("both losses fall, by less than 3 %",
             [](const Finished& run) {
               for (const char* loss : {"loss/0", "loss/1"}) {
                 const double share = run.last(loss) / run.first(loss);
                 if (!(share < 1 && share > 0.97)) return false;
               }
               return true;
             })
      .preset("vision", "Vision: step decay",
              "A tenth after a third and after two thirds, with momentum, as image classifiers "
              "were trained for years.",
              "problem=logistic(batch=16)&optimizer=momentum(lr=0.1)&steps=900&"
              "schedules=step(every=300),cosine,one-cycle")
      .shows("a tenth after a third, a hundredth after two thirds",
             [](const Finished& run) {
               return factorAt(run, "factor/0", 299) == 1 &&
                      isAbout(factorAt(run, "factor/0", 300), 0.1, 1e-12) &&
                      isAbout(factorAt(run, "factor/0", 599), 0.1, 1e-12) &&
                      isAbout(factorAt(run, "factor/0", 600), 0.01, 1e-12);
             })
      .shows("all three end below 0.5", [](const Finished& run) {
        return run.last("loss/0") < 0.5 && run.last("loss/1") < 0.5 && run.last("loss/2") < 0.5;
      });
  catalogue.add(lab);
}

}  // namespace descent
