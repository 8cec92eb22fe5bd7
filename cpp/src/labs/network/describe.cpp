// The network lab: any recipe trains a network on points of the plane, epoch by epoch.
#include "labs/network/network.h"

namespace descent {

void register_network(Catalogue& catalogue) {
  using namespace network;
  Describe<Network> lab("network", "Network");
  lab.sentence("A network learns in front of you: any optimizer, any schedule, your own points.")
      .knob("runners", &Network::runnerRecipes, Kind::kOptimizer, 1, 8,
            "Who trains a copy of the network, all from the same first weights.")
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
      .preset("spirals", "Two spirals",
              "The hard one: SGD, momentum and Adam from the same first weights.",
              "data=spirals(turns=1.5)&noise=0.03&size=300&layers=16, 16&epochs=400&"
              "runners=adam(lr=0.01),momentum(lr=0.03),sgd(lr=0.3)")
      .preset(
          "overfitting", "Overfitting",
          "Few noisy points, many weights: the training loss falls, the validation loss "
          "turns. Decay and dropout are other ways to stop it than stopping.",
          "data=moons&size=80&noise=0.6&validation=0.5&layers=32, 32&activation=relu&"
          "initialisation=he&epochs=600&seed=1&runners=adam(lr=0.01),adamw(lr=0.01,weightDecay=1)")
      .preset("dropout", "The same with dropout and L2",
              "Units left out at random and large weights made costly: the two losses stay "
              "together.",
              "data=moons&size=80&noise=0.6&validation=0.5&layers=32, 32&activation=relu&"
              "initialisation=he&epochs=600&seed=1&runners=adam(lr=0.01)&dropout=0.4&l2=0.02")
      .preset("early-stopping", "The same, stopped early",
              "When the validation loss has not fallen for 40 epochs, the best weights are "
              "taken back.",
              "data=moons&size=80&noise=0.6&validation=0.5&layers=32, 32&activation=relu&"
              "initialisation=he&epochs=600&seed=1&runners=adam(lr=0.01)&patience=40")
      .preset("random-labels", "Random labels",
              "Nothing to learn, and yet it can be learnt: the training accuracy climbs, the "
              "validation accuracy stays at a half.",
              "data=random-labels&size=80&noise=0&layers=32, 32&epochs=1500&"
              "runners=adam(lr=0.01)")
      .preset("batch-norm", "Rates with batch norm",
              "At a rate that throws the plain network about, a normalised one learns. Switch "
              "it off to see.",
              "data=spirals&noise=0.03&size=300&layers=16, 16, 16&activation=relu&"
              "initialisation=he&batchNorm=on&batch=32&epochs=300&runners=sgd(lr=1)")
      .preset("muon", "Muon for the matrices",
              "Muon takes the hidden matrices and AdamW the rest, beside AdamW alone.",
              "data=spirals(turns=2)&noise=0.03&size=300&layers=32, 32, 32&epochs=300&"
              "runners=muon(lr=0.02,schedule=linear),adamw(lr=0.01,schedule=linear)")
      .preset("classes", "Three classes",
              "Softmax gives every class an output of its own; the map shows the largest.",
              "data=gaussians(classes=3)&noise=0.4&loss=softmax&epochs=200")
      .preset("regression", "A curve",
              "Numbers instead of classes: a network of one input fits two sines.",
              "data=waves&size=60&noise=0.05&layers=32, 32&loss=squared&initialisation=lecun&"
              "firstBias=0.5&epochs=1000&runners=adam(lr=0.01,schedule=cosine)")
      .preset("zeros", "All weights zero",
              "Every unit of a layer sees and gives the same, so all stay alike: nothing but "
              "the last bias learns.",
              "data=circles&initialisation=zeros&epochs=100");
  catalogue.add(lab);
}

}  // namespace descent
