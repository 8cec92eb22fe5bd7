// The sharpness lab: how curved the loss is where a network is trained to, and how that curvature
// meets the optimizer's limit of stability on the way.
#include "descent/finished.h"
#include "labs/sharpness/sharpness.h"

namespace descent {

void register_sharpness(Catalogue& catalogue) {
  using namespace sharpness;
  Describe<Sharpness> lab("sharpness", "Sharpness");
  lab.sentence(
         "How curved the loss is where training leads, and how that curvature meets the limit at "
         "which steps become unstable.")
      .knob("runners", &Sharpness::runnerRecipes, Kind::kOptimizer, 1, 8,
            "Optimizers to compare, 1 to 8.")
      .as("Runners");
  describeData(lab);
  describeNetwork(lab);
  describeBatch(lab);
  describeExamples(lab);
  describeStart(lab);
  describePenalties(lab);
  lab.choice("plane", &Sharpness::plane, kPlaneKinds,
             "Directions of the surface: random, filter-normalised random, of the largest "
             "curvatures, principal components of the path, or those of Lookahead's slow and fast "
             "weights.")
      .as("Plane")
      .knob("zoom", &Sharpness::zoom, 0.01, 100, "Multiplies the width of the surface.")
      .as("Width")
      .usual(0.1, 10, Scale::kLog)
      .knob("radius", &Sharpness::radius, 1e-6, 1e3,
            "Radius of the ball in which flatness looks for the worst rise.")
      .as("Radius", "ρ")
      .usual(0.01, 1, Scale::kLog)
      .knob("every", &Sharpness::every, 1, 100000, "Steps between measurements of the curvature.")
      .as("Measure every")
      .unit("steps")
      .usual(1, 100, Scale::kLog)
      .fixed()
      .knob("steps", &Sharpness::steps, 1, 100000, "Length of the run.")
      .as("Steps", "T")
      .usual(100, 10000, Scale::kLog)
      .fixed()
      .preset("edge", "Edge of stability",
              "Gradient descent with all data: the curvature rises until it meets 2/η and then "
              "hovers there, while the loss goes on falling.",
              "")
      .shows(
          "the curvature begins below half of 2/η",
          [](const Finished& run) { return run.first("sharpness/0") < run.first("limit/0") / 2; })
      .shows("once there it is within 15 % of 2/η in 90 % of the measurements",
             [](const Finished& run) { return run.measured("share", 0) >= 0.9; })
      .shows("the loss falls to less than a quarter meanwhile",
             [](const Finished& run) { return run.last("loss/0") < run.at("loss/0", 100) / 4; })
      .preset("momentum", "Its edge with momentum",
              "Heavy ball on random labels: its limit is 2(1+β)/η, nearly twice that of gradient "
              "descent, and λₘₐₓ finds that one.",
              "data=random-labels&size=80&runners=momentum(lr=0.25)&steps=6000")
      .shows("its limit is nearly twice that of gradient descent",
             [](const Finished& run) { return run.last("limit/0") > 1.8 * 2 / 0.25; })
      .shows("λₘₐₓ stays within 15 % of it in 85 % of the measurements",
             [](const Finished& run) { return run.measured("share", 0) >= 0.85; })
      .preset("adam", "Its edge with Adam",
              "Adam divides by √v: what hovers, at 38/η, is the largest curvature of the loss so "
              "rescaled, not of the loss.",
              "runners=adam(lr=0.001,epsilon=1e-7)&steps=6000")
      .shows("the rescaled curvature stays within 15 % of 38/η in 90 % of the measurements",
             [](const Finished& run) { return run.measured("share", 0) >= 0.9; })
      .shows("that of the loss stays far below",
             [](const Finished& run) { return run.last("sharpness/0") < 100; })
      .preset("sam", "SAM under label noise",
              "One label in five is wrong. SGD learns them by heart in a sharp place, SAM stays "
              "in a flat one and is wrong less often on clean data.",
              "data=moons&size=1000&validation=0.9&noise=0.2&flipped=0.2&gain=1.5&firstBias=0&"
              "loss=logistic&batch=20&radius=0.5&every=20&steps=3000&"
              "runners=momentum(lr=0.1,schedule=cosine),"
              "sam(momentum(lr=0.1,schedule=cosine),rho=0.5)")
      .shows("SAM ends in a flatter place",
             [](const Finished& run) { return run.last("sharpness/1") < run.last("sharpness/0"); })
      .shows("and is wrong less often on clean data",
             [](const Finished& run) {
               return run.last("validationAccuracy/1") > run.last("validationAccuracy/0");
             })
      .preset("clean", "SAM without label noise",
              "The same data with every label right: SAM is flatter still, and gains little: a few "
              "points in a thousand, and not with every seed.",
              "data=moons&size=1000&validation=0.9&noise=0.2&gain=1.5&firstBias=0&"
              "loss=logistic&batch=20&radius=0.5&every=20&steps=3000&"
              "runners=momentum(lr=0.1,schedule=cosine),"
              "sam(momentum(lr=0.1,schedule=cosine),rho=0.5)")
      .shows(
          "SAM's λₘₐₓ ends below half of SGD's",
          [](const Finished& run) { return run.last("sharpness/1") < run.last("sharpness/0") / 2; })
      .shows("and its accuracy within two points in a hundred",
             [](const Finished& run) {
               return std::abs(run.last("validationAccuracy/1") -
                               run.last("validationAccuracy/0")) < 0.02;
             })
      .shows("for twice as many gradients",
             [](const Finished& run) {
               return run.last("evaluations/1") == 2 * run.last("evaluations/0");
             })
      .preset("plain", "Deep, without skips",
              "Six hidden layers, each seeing only the one below. Train, then press Surface, and "
              "compare with the next.",
              "data=moons&size=200&validation=0.5&noise=0.2&layers=32,32,32,32,32,32&"
              "initialisation=he&firstBias=0&loss=logistic&batch=20&plane=filter&every=20&"
              "steps=1000&runners=momentum(lr=0.02,schedule=cosine)")
      .shows("every training example ends on the right side",
             [](const Finished& run) { return run.last("accuracy/0") == 1; })
      .preset("skip", "Deep, with skips",
              "The same network, each hidden layer added to what it sees: over most of the plane "
              "the loss rises less.",
              "data=moons&size=200&validation=0.5&noise=0.2&layers=32,32,32,32,32,32&residual=on&"
              "initialisation=he&firstBias=0&loss=logistic&batch=20&plane=filter&every=20&"
              "steps=1000&runners=momentum(lr=0.02,schedule=cosine)")
      .shows("every training example ends on the right side",
             [](const Finished& run) { return run.last("accuracy/0") == 1; })
      .preset("labels", "Random labels",
              "There is nothing to learn, and gradient descent learns it: the curvature rises to "
              "its limit all the same.",
              "data=random-labels&size=40&steps=4000")
      .shows("the labels are learnt",
             [](const Finished& run) { return run.last("accuracy/0") >= 0.9; })
      .shows("the curvature stays within 15 % of its limit in 90 % of the measurements",
             [](const Finished& run) { return run.measured("share", 0) >= 0.9; })
      .preset("lookahead", "Slow and fast weights",
              "Lookahead around SGD with small batches: press Surface for two rounds of it on one "
              "plane, Slow to fast for the loss from where it is judged to where it explores.",
              "data=moons&size=200&validation=0.5&noise=0.2&gain=1.5&firstBias=0&loss=logistic&"
              "batch=20&plane=lookahead&steps=1000&every=10&"
              "runners=lookahead(momentum(lr=0.1),k=20),momentum(lr=0.1)")
      .shows("every training example ends on the right side",
             [](const Finished& run) { return run.last("accuracy/0") == 1; })
      .shows("its surface holds two rounds of slow weights", [](const Finished& run) {
        const auto surface = run.session().lab().task("surface");
        surface->advance(surface->total());
        return surface->read({"slow", {0}})->shape[0] == 2;
      });
  catalogue.add(lab);
}

}  // namespace descent
