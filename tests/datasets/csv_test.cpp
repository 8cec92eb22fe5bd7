// Tables that were pasted.
#include <cmath>
#include <limits>
#include <map>

#include "datasets/datasets.h"

using namespace descent;

namespace {

Recipe table(const std::string& text, const std::string& target = "auto") {
  return {"csv", {{"target", Recipe{target, {}}}, {"table", Text{text}}}};
}
std::unique_ptr<Dataset> built(const std::string& text, const std::string& target = "auto") {
  INFO(text.substr(0, 200));
  auto data = catalogue().build<Dataset>(table(text, target));
  INFO((data ? "" : data.error().message));
  REQUIRE(data);
  return std::move(*data);
}
std::string refusedTable(const std::string& text, const std::string& target = "auto") {
  return refusalOf(table(text, target));
}

// Rows of so many ones.
std::string ones(int rows, int columns, const std::string& end) {
  std::string text;
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) text += j > 0 ? ",1" : "1";
    text += end;
  }
  return text;
}

}  // namespace

TEST_CASE("Every column but the last is moved to mean 0 and scaled to deviation 1", "[datasets]") {
  // 1, 2, 3 and 6 have mean 3 and variance (4 + 1 + 0 + 9)/4 = 3.5; 7 is constant.
  const auto data = built("1,7,0.5\n2,7,1.5\n3,7,2.5\n6,7,4.5");
  CHECK(data->size() == 4);
  CHECK(data->inputs() == 2);
  CHECK(data->classes() == 0);
  const Examples examples = drawn(*data, 0);
  // The target tells the row: 1/2 less than the first number, but for the last row.
  const std::map<double, double> first = {{0.5, 1}, {1.5, 2}, {2.5, 3}, {4.5, 6}};
  for (Eigen::Index j = 0; j < 4; ++j) {
    const double x = first.at(examples.targets(0, j));
    CHECK(examples.inputs(0, j) == Approx((x - 3) / std::sqrt(3.5)).margin(1e-15));
    CHECK(examples.inputs(1, j) == 0);
  }
}

TEST_CASE("Columns are standardised by the rows that are trained on, not by those held back",
          "[datasets]") {
  // The target tells the row. The first column is 1, 2, 4, …, 128, the second is 5 but for one row.
  const double first[] = {1, 2, 4, 8, 16, 32, 64, 128};
  std::string text;
  for (int i = 0; i < 8; ++i) {
    text += print(first[i]) + (i == 3 ? ",9," : ",5,") + std::to_string(i) + ".5\n";
  }
  const auto data = built(text);
  int constant = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    INFO("seed " << seed);
    const Split split = drawSplit(*data, 8, 0, {0.5, 0}, seed);
    REQUIRE(split.training.size() == 4);
    REQUIRE(split.validation.size() == 4);
    double mean = 0, square = 0, seconds = 0;
    const auto row = [](const Examples& some, Eigen::Index j) {
      return static_cast<int>(some.targets(0, j));
    };
    for (Eigen::Index j = 0; j < 4; ++j) {
      const double x = first[row(split.training, j)];
      mean += x / 4;
      square += x * x / 4;
      seconds += row(split.training, j) == 3;
    }
    const double deviation = std::sqrt(square - mean * mean);
    for (const Examples* some : {&split.training, &split.validation}) {
      for (Eigen::Index j = 0; j < 4; ++j) {
        CHECK(some->inputs(0, j) == Approx((first[row(*some, j)] - mean) / deviation));
        // One 9 among three 5: mean 6, deviation √3. No 9 among those trained on: no scale.
        const double expected =
            seconds == 0 ? 0 : ((row(*some, j) == 3 ? 9 : 5) - 6) / std::sqrt(3);
        CHECK(some->inputs(1, j) == Approx(expected).margin(1e-12));
      }
    }
    constant += seconds == 0;
  }
  CHECK((constant > 0 && constant < 8));
}

TEST_CASE("A column is standardised whatever its size", "[datasets]") {
  for (const char* text : {"1e308,1;-1e308,2.5", "5e-324,1;-5e-324,2.5", "0.1,1;0.1,2.5;0.1,3",
                           "1e-300,1;1e300,2.5"}) {
    INFO(text);
    const Matrix inputs = drawn(*built(text), 0).inputs;
    CHECK(inputs.allFinite());
    CHECK(inputs.mean() == Approx(0).margin(1e-15));
    const double variance = inputs.squaredNorm() / static_cast<double>(inputs.size());
    CHECK((variance == Approx(1) || variance == 0));
  }
  CHECK(drawn(*built("0.1,1;0.1,2.5;0.1,3"), 0).inputs.isZero(0));
}

TEST_CASE("Whole numbers 0 to 9 in the last column are classes, others a number to predict",
          "[datasets]") {
  CHECK(built("1,0;2,1")->classes() == 2);
  CHECK(built("1,0;2,1;3,2;4,1")->classes() == 3);
  CHECK(built("1,0;2,9")->classes() == 2);
  CHECK(built("1,1;2,1")->classes() == 0);
  CHECK(built("1,0;2,10")->classes() == 0);
  CHECK(built("1,-1;2,1")->classes() == 0);
  CHECK(built("1,0;2,0.5")->classes() == 0);
  CHECK(built("1,0;2,1", "number")->classes() == 0);
  CHECK(built("1,-1;2,1", "class")->classes() == 2);
  CHECK(built("1,100;2,300;3,200", "class")->classes() == 3);
}

TEST_CASE("Classes are numbered in the order of their numbers", "[datasets]") {
  const Examples examples = drawn(*built("1,7;2,3;3,5;4,7"), 0);
  // The inputs stand evenly from −1.5 to 1.5 in units of √1.25.
  for (Eigen::Index j = 0; j < 4; ++j) {
    const auto row = std::lround(examples.inputs(0, j) * std::sqrt(1.25) + 1.5);
    CHECK(examples.labels[j] == std::vector{2, 0, 1, 2}[row]);
  }
}

TEST_CASE("A number to predict is left as it is", "[datasets]") {
  const Examples examples = drawn(*built("1,100;2,-2.5e3", "number"), 0);
  CHECK(examples.targets.minCoeff() == -2500);
  CHECK(examples.targets.maxCoeff() == 100);
}

TEST_CASE("Lines, semicolons, tabs, a heading, blank lines and spaces make the same table",
          "[datasets]") {
  const Examples expected = drawn(*built("1,2,0\n3,-4,1\n5,.5,1"), 0);
  for (const char* text :
       {"1,2,0;3,-4,1;5,.5,1", "1,2,0; 3,-4,1; 5,.5,1;", "1,2,0\r\n3,-4,1\r\n5,.5,1\r\n",
        "1\t2\t0\n3\t-4\t1\n5\t.5\t1", "x,y,class\n1,2,0\n3,-4,1\n5,.5,1",
        "a,b,c;1,2,0;3,-4,1;5,.5,1", "\"x\"\t\"y\"\t\"it's\"\n1\t2\t0\n3\t-4\t1\n5\t.5\t1",
        ",x,class\n1,2,0\n3,-4,1\n5,.5,1", "\n\n1,2,0\n\n  \n3,-4,1\n5,.5,1\n\n",
        " 1 , 2 , 0 \n +3 , -4 , 1 \n 5 , 5e-1 , 1", "1,2,0;\n3,-4,1;\n5,.5,1;"}) {
    INFO(text);
    CHECK(same(drawn(*built(text), 0), expected));
  }
}

TEST_CASE("What parts the cells, and the decimal sign, are found in the whole text", "[datasets]") {
  const Examples expected = drawn(*built("5.1,3.5,0\n4.9,-3,1\n6.2,2.25,1"), 0);
  for (const char* text : {
           "5,1\t3,5\t0\n4,9\t-3\t1\n6,2\t2,25\t1",                    // a German spreadsheet
           "5,1;3,5;0\n4,9;-3;1\n6,2;2,25;1",                          // and its file
           "5,1;3,5;0\r\n4,9;-3;1\r\n6,2;2,25;1;\r\n",                 //
           "5.1;3.5;0\n4.9;-3;1\n6.2;2.25;1",                          //
           "5.1,3.5,0\r4.9,-3,1\r6.2,2.25,1\r",                        // an old Macintosh
           "\"5.1\",\"3.5\",\"0\"\n\"4.9\",\"-3\",\"1\"\n6.2,2.25,1",  // RFC 4180
           "\"5,1\",\"3,5\",0\n\"4,9\",-3,1\n\"6,2\",\"2,25\",1",      //
           "\"x;\ny\",\"say \"\"z\"\"\",c\n5.1,3.5,0\n4.9,-3,1\n6.2,2.25,1",  // a heading in quotes
           "\xEF\xBB\xBF"
           "5.1,3.5,0\n4.9,-3,1\n6.2,2.25,1",  // byte order mark
           "\xEF\xBB\xBF"
           "a;b;c\n5,1;3,5;0\n4,9;-3;1\n6,2;2,25;1",  //
           "5.1,3.5,0\n4.9,\u22123,1\n6.2,2.25,1",    // the minus of print
           "5.1\u00A0,3.5,0\n4.9,-3,1\n6.2,2.25,1",   // a blank that holds
           "Length, cm\tWidth, cm\tkind\n5,1\t3,5\t0\n4,9\t-3\t1\n6,2\t2,25\t1",
           "a;b,label\n5.1,3.5,0\n4.9,-3,1\n6.2,2.25,1",
       }) {
    INFO(text);
    CHECK(same(drawn(*built(text), 0), expected));
  }
}

TEST_CASE("A heading is a row of which no cell is a number", "[datasets]") {
  // .5, .4, .3, .9: mean 0.525, squares about it 0.000625 + 0.015625 + 0.050625 + 0.140625.
  const auto data = built(".5,.2,.1\n.4,.1,.7\n.3,.3,.2\n.9,.8,.4");
  REQUIRE(data->size() == 4);
  const Examples examples = drawn(*data, 0);
  for (const double first : {-0.10976, -0.54882, -0.98788, 1.64645}) {
    CHECK((examples.inputs.row(0).array() - first).abs().minCoeff() < 2e-5);
  }
  for (const char* text :
       {"\"1\",\"2\",\"0\"\n3,4,1\n5,6,0\n7,8,1", "+.5,.5,0\n1,2,1\n3,4,0\n5,6,1",
        "\u22121,\u22122,0\n3,4,1\n5,6,0\n7,8,1",
        "\xEF\xBB\xBF"
        "1,2,0\n3,4,1\n5,6,0\n7,8,1",
        ",5\t,2\t0\n,4\t,1\t1\n,3\t,3\t0\n,9\t,8\t1"}) {
    INFO(text);
    CHECK(built(text)->size() == 4);
  }
  for (const char* heading : {"x,y,class", "1st,2nd,3rd", "\"100%\",0x10,e1"}) {
    CHECK(built(std::string(heading) + "\n1,2,0\n3,4,1")->size() == 2);
  }
  // A number in it makes it a row, which is then wrong.
  CHECK(refusedTable("x,2020,class\n1,2,0\n3,4,1") ==
        "csv.table, row 1, column 1: expected a finite number, found 'x'");
}

TEST_CASE("A table says what was understood of it", "[datasets]") {
  CHECK(built("1,2,0\n3,4,1")->note() == "2 rows, 2 inputs, 2 classes");
  CHECK(built("1,0.5\n3,4")->note() == "2 rows, 1 input, a number to predict");
  CHECK(built("a\tb\tlabel\n5,1\t3,5\t0\n4,9\t3\t1\n6,2\t2,2\t0\n5,5\t3,1\t1")->note() ==
        "4 rows, 2 inputs, 2 classes; decimal commas read; heading passed over: a, b, label");
  CHECK(built("1,5;2,5\n3,5;1,5")->note() ==
        "2 rows, 1 input, a number to predict; columns parted by semicolons; decimal commas read");
}

TEST_CASE("A table that can be read in two ways is refused, and both are named", "[datasets]") {
  CHECK(refusedTable("a\tb\tc\n1,234\t2,345\t0\n2,100\t3,200\t1") ==
        "csv.table, row 2, column 1: '1,234' may be 1.234 or 1234: write which, without a comma");
  // One that cannot part thousands tells of all.
  CHECK(built("1,234\t2,345\t0\n2,100\t3,2\t1")->note() ==
        "2 rows, 2 inputs, 2 classes; decimal commas read");
  CHECK(built("0,234\t2,345\t0\n2,100\t3,200\t1")->size() == 2);
  CHECK(refusedTable("1.5;2;0\n3,5;4;1") ==
        "csv.table, row 1, column 1: '1.5' has a point, but '3,5' in row 2 a comma: write one "
        "decimal sign throughout");
  CHECK(refusedTable("1,234.5\t2\t0\n3\t4\t1") ==
        "csv.table, row 1, column 1: expected a finite number, found '1,234.5'");
  CHECK(
      refusedTable("1,000.5,2\n3,000.5,1") ==
      "csv.table, row 1, column 2: '000.5' may be a number, or the end of '1,000.5': write numbers "
      "without commas and without zeros before them");
  CHECK(built("0.5,0,2\n00.5,0012,1")->size() == 2);
  CHECK(refusedTable("\"1,2\n3,4") ==
        "csv.table, a quote is opened and not closed: \"1,2<U+000A>3,4");
}

TEST_CASE("What is no table of numbers is refused by row and column", "[datasets]") {
  CHECK(refusedTable("1,2\n3") == "csv.table, row 2: expected 2 columns as in row 1, found 1");
  CHECK(refusedTable("1,2;3,4,5") == "csv.table, row 2: expected 2 columns as in row 1, found 3");
  CHECK(refusedTable("x,y\n\n1,2\n3,4\n5,6,7") ==
        "csv.table, row 5: expected 2 columns as in row 3, found 3");
  CHECK(refusedTable("1,2\n3,cat") ==
        "csv.table, row 2, column 2: expected a finite number, found 'cat'");
  CHECK(refusedTable("1,x\n3,4") ==
        "csv.table, row 1, column 2: expected a finite number, found 'x'");
  CHECK(refusedTable("1,2\n,4") ==
        "csv.table, row 2, column 1: expected a finite number, found nothing");
  CHECK(refusedTable("1,2\n3,4\n,") ==
        "csv.table, row 3, column 1: expected a finite number, found nothing");
  for (const std::string word : {"nan", "inf", "-Infinity", "1e999", "0x10", "1 2"}) {
    CHECK(refusedTable("1,2\n3," + word) ==
          "csv.table, row 2, column 2: expected a finite number, found '" + word + "'");
  }
  CHECK(refusedTable("nan,nan,nan\n1,2,0\n3,4,1") ==
        "csv.table, row 1, column 1: expected a finite number, found 'nan'");
  CHECK(refusedTable("1,1e39\n2,3") ==
        "csv.table, row 1, column 2: expected a target in [-1e15, 1e15], found 1e39");
  CHECK(refusedTable("1,2,0; 3,4,1\n5,6,0; 7,8,1") ==
        "csv.table, row 1, column 1: expected a finite number, found '1,2,0'");
  CHECK(refusedTable("") == "csv.table, expected 2 to 20000 rows of numbers, found 0");
  CHECK(refusedTable("x,y") == "csv.table, expected 2 to 20000 rows of numbers, found 0");
  CHECK(refusedTable("x,y\n1,2") == "csv.table, expected 2 to 20000 rows of numbers, found 1");
  CHECK(refusedTable("1\n2") ==
        "csv.table, expected 2 to 64 columns parted by commas, semicolons or tabs, found 1");
  CHECK(refusedTable(ones(2, 65, "\n")) ==
        "csv.table, expected 2 to 64 columns parted by commas, semicolons or tabs, found 65");
  CHECK(built(ones(2, 64, "\n"))->inputs() == 63);
  CHECK(refusedTable("1,2\n3," + std::string(1000, 'a')).size() < 200);
}

TEST_CASE("A last column of no classes is refused where classes are asked for", "[datasets]") {
  CHECK(refusedTable("x,y\n1,0\n2,0.5", "class") ==
        "csv.table, row 3, column 2: expected a class, which is a whole number, found 0.5");
  CHECK(refusedTable("1,4;2,4", "class") ==
        "csv.table, expected 2 to 10 different classes in the last column, found 1");
  std::string many;
  for (int i = 0; i < 11; ++i) many += "1," + std::to_string(i) + ";";
  CHECK(refusedTable(many, "class") ==
        "csv.table, expected 2 to 10 different classes in the last column, found 11");
}

TEST_CASE("Twenty thousand rows are taken, and not one more", "[datasets]") {
  for (const std::string end : {"\n", ";"}) {
    CHECK(built(ones(20000, 3, end))->size() == 20000);
    CHECK(refusedTable(ones(20001, 3, end)) ==
          "csv.table, expected 2 to 20000 rows of numbers, found 20001");
  }
}

TEST_CASE("A table survives the recipe and the spec that it stands in", "[datasets]") {
  const std::string text = "\"it's\",\"x; y\",\"100%\"\n1,2,0\n3,-4,1\n5,.5,1";
  const Recipe recipe = table(text, "class");
  const auto back = parseRecipe(print(recipe));
  REQUIRE(back);
  CHECK(*back == recipe);
  Spec spec;
  REQUIRE(spec.add("data", print(recipe)));
  const auto again = Spec::parse(spec.print());
  REQUIRE(again);
  CHECK(*again->find("data") == print(recipe));
  CHECK(same(drawn(**catalogue().build<Dataset>(*back), 0), drawn(*built(text, "class"), 0)));
}

TEST_CASE("A lab says what it understood of its table", "[datasets]") {
  const auto noteOf = [](const std::string& data) {
    const auto session = opened("lab=network&loss=squared&data=" + data);
    for (const Knob& knob : session->knobs()) {
      if (knob.id != "data") CHECK(knob.note.empty());
      if (knob.id == "data") return knob.note;
    }
    return std::string("none");
  };
  CHECK(noteOf("csv(table=\"a;b%0A1,5;2%0A3,5;4\")") ==
        "2 rows, 1 input, 2 classes; columns parted by semicolons; decimal commas read; "
        "heading passed over: a, b");
  CHECK(noteOf("drawn(points=\"0,0,0;1,1,1\")") == "2 points");
  CHECK(noteOf("circles").empty());
}
