// The rate as it is: factor 1 at every step.
#include "descent/catalogue.h"

namespace descent {
namespace {

class Constant final : public Cloneable<Constant, Schedule> {
 public:
  double factor(double /*t*/, double /*total*/) const override { return 1; }
  std::string python(double /*total*/) const override { return "1"; }
  std::string pytorch(double /*total*/) const override { return "ConstantLR(optimizer, factor=1)"; }
};

}  // namespace

void register_constant(Catalogue& catalogue) {
  catalogue.add(Describe<Constant>("constant", "Constant")
                    .sentence("The same rate at every step.")
                    .formula("1")
                    .cites("Robbins & Monro 1951, A Stochastic Approximation Method",
                           "https://doi.org/10.1214/aoms/1177729586")
                    .variant("Factor 1 for all t."));
}

}  // namespace descent
