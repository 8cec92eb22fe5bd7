// The network lab: any recipe trains a network on points of the plane, epoch by epoch.
#include <cmath>

#include "descent/finished.h"
#include "labs/network/network.h"

namespace descent {

void register_network(Catalogue& catalogue) {
  using namespace network;
  Describe<Network> lab("network", "Network");
  lab.sentence("A network learns in front of you: any optimizer, any schedule, your own points.")
      .knob("runners", &Network::runnerRecipes, Kind::kOptimizer, 1, 8,
            "Optimizers to compare, 1 to 8, all from the same first weights.")
      .as("Optimizers");
  describeData(lab);
  describeNetwork(lab);
  describeExamples(lab);
  describeBatch(lab);
  describePenalties(lab);
  describeStart(lab);
  lab.knob("patience", &Network::patience, 0, 100000,
           "Early stopping: epochs to wait for a lower validation loss before the best weights "
           "are taken back; 0 for never.")
      .as("Patience")
      .usual(0, 200)
      .fixed()
      .knob("epochs", &Network::epochs, 1, 100000,
            "Length of the run, which schedules follow. Past the first 1,000 not every epoch is "
            "scored: ever fewer as the run grows.")
      .as("Epochs", "T")
      .usual(10, 10000, Scale::kLog)
      .fixed()
      .preset("circles", "A ring around a disc",
              "No line parts them. Two layers of eight units bend the plane until one does.", "")
      .shows("over 99 % of the training examples are right, and over 90 % of those held back",
             [](const Finished& run) {
               return run.last("accuracy/0") > 0.99 && run.last("validationAccuracy/0") > 0.9;
             })
      .preset("spirals", "Two spirals",
              "The hard one: SGD, momentum and Adam from the same first weights.",
              "data=spirals(turns=1.5)&noise=0.03&size=300&layers=16, 16&epochs=400&"
              "runners=adam(lr=0.01),momentum(lr=0.03),sgd(lr=0.3)")
      .shows("all three begin at the same loss",
             [](const Finished& run) {
               return run.first("loss/1") == run.first("loss/0") &&
                      run.first("loss/2") == run.first("loss/0");
             })
      .shows("Adam parts the spirals, over 93 % right",
             [](const Finished& run) { return run.last("accuracy/0") > 0.93; })
      .preset(
          "overfitting", "Overfitting",
          "Few noisy points, many weights: the training loss falls, the validation loss "
          "turns. Decay and dropout are other ways to stop it than stopping.",
          "data=moons&size=80&noise=0.6&validation=0.5&layers=32, 32&activation=relu&"
          "initialisation=he&epochs=600&seed=1&runners=adam(lr=0.01),adamw(lr=0.01,weightDecay=1)")
      .shows("Adam's training loss falls below 0.01",
             [](const Finished& run) { return run.last("loss/0") < 0.01; })
      .shows("its validation loss ends at more than three times its least",
             [](const Finished& run) {
               return run.last("validation/0") > 3 * run.least("validation/0");
             })
      .shows("with decay it ends at less than a third of that",
             [](const Finished& run) {
               return run.last("validation/1") < run.last("validation/0") / 3;
             })
      .preset("dropout", "The same with dropout and L2",
              "Units left out at random and large weights made costly: the two losses stay "
              "together.",
              "data=moons&size=80&noise=0.6&validation=0.5&layers=32, 32&activation=relu&"
              "initialisation=he&epochs=600&seed=1&runners=adam(lr=0.01)&dropout=0.4&l2=0.02")
      .shows(
          "the two losses end within 0.25 of each other",
          [](const Finished& run) { return run.last("validation/0") - run.last("loss/0") < 0.25; })
      .preset("early-stopping", "The same, stopped early",
              "When the validation loss has not fallen for 40 epochs, the best weights are "
              "taken back.",
              "data=moons&size=80&noise=0.6&validation=0.5&layers=32, 32&activation=relu&"
              "initialisation=he&epochs=600&seed=1&runners=adam(lr=0.01)&patience=40")
      .shows("it stops early, and ends at the least validation loss",
             [](const Finished& run) {
               return run.status(0) == "stopped" &&
                      run.last("validation/0") == run.least("validation/0");
             })
      .preset("random-labels", "Random labels",
              "Nothing to learn, and yet it can be learnt: the training accuracy climbs, the "
              "validation accuracy stays at a half.",
              "data=random-labels&size=80&noise=0&layers=32, 32&epochs=1500&"
              "runners=adam(lr=0.01)")
      .shows("all training labels are learnt",
             [](const Finished& run) { return run.last("accuracy/0") == 1; })
      .shows("the validation accuracy ends within 0.25 of a half",
             [](const Finished& run) {
               return std::abs(run.last("validationAccuracy/0") - 0.5) < 0.25;
             })
      .preset("batch-norm", "Rates with batch norm",
              "At a rate that throws the plain network about, a normalised one learns. Switch "
              "it off to see.",
              "data=spirals&noise=0.03&size=300&layers=16, 16, 16&activation=relu&"
              "initialisation=he&batchNorm=on&batch=32&epochs=300&runners=sgd(lr=1)")
      // At so large a rate it is thrown out for an epoch now and then.
      .shows("in more than 100 epochs over 98 % are right",
             [](const Finished& run) {
               int epochs = 0;
               for (int t = 0; t <= run.steps(); ++t) epochs += run.at("accuracy/0", t) > 0.98;
               return epochs > 100;
             })
      .preset("muon", "Muon for the matrices",
              "Muon takes the hidden matrices and AdamW the rest, beside AdamW alone.",
              "data=spirals(turns=2)&noise=0.03&size=300&layers=32, 32, 32&epochs=300&"
              "runners=muon(lr=0.02,schedule=linear),adamw(lr=0.01,schedule=linear)")
      .shows("Muon parts the spirals, over 98 % right",
             [](const Finished& run) { return run.last("accuracy/0") > 0.98; })
      .shows("its loss ends at less than a tenth of AdamW's",
             [](const Finished& run) { return run.last("loss/0") < 0.1 * run.last("loss/1"); })
      .preset("classes", "Three classes",
              "Softmax gives every class an output of its own; the map shows the largest.",
              "data=gaussians(classes=3)&noise=0.4&loss=softmax&epochs=200")
      .shows("the largest output is the right one of over 95 %",
             [](const Finished& run) { return run.last("accuracy/0") > 0.95; })
      .shows("the loss falls from about ln 3 to less than 0.3",
             [](const Finished& run) {
               return std::abs(run.first("loss/0") - std::log(3)) < 0.55 &&
                      run.last("loss/0") < 0.3;
             })
      .preset("regression", "A curve",
              "Numbers instead of classes: a network of one input fits two sines.",
              "data=waves&size=60&noise=0.05&layers=32, 32&loss=squared&initialisation=lecun&"
              "firstBias=0.5&epochs=1000&runners=adam(lr=0.01,schedule=cosine)")
      // Noise of σ = 0.05 costs ½σ².
      .shows("the training loss falls below what the noise costs",
             [](const Finished& run) {
               return run.first("loss/0") > 0.1 && run.last("loss/0") < 0.05 * 0.05 / 2;
             })
      .shows("the validation loss falls below 0.01",
             [](const Finished& run) { return run.last("validation/0") < 0.01; })
      .preset("zeros", "All weights zero",
              "Every unit of a layer sees and gives the same, so all stay alike: nothing but "
              "the last bias learns.",
              "data=circles&initialisation=zeros&epochs=100")
      .shows("no gradient reaches a hidden layer",
             [](const Finished& run) {
               return run.session().read("layers(0)")->data[0] == 0 &&
                      run.session().read("layers(0)")->data[3] == 0;
             })
      .shows("no loss falls below that of the classes' shares, ln 2", [](const Finished& run) {
        return run.last("loss/0") > std::log(2) - 0.01 && run.last("accuracy/0") < 0.6;
      });
  catalogue.add(lab);
}

}  // namespace descent
