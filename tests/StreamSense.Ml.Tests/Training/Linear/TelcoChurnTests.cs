using System.Globalization;
using StreamSense.Contracts;
using StreamSense.Ml.Evaluation.Metrics;
using StreamSense.Ml.Training.Linear;
using Xunit.Abstractions;

namespace StreamSense.Ml.Tests.Training.Linear;

public sealed class TelcoChurnTests(ITestOutputHelper output)
{
    private const int Folds = 5;

    [SkippableFact]
    public void Train_FiveFoldsByRow_ReachesTheKnownAreaAndIsCalibrated()
    {
        (float[] features, int columns, float[] labels) = Read();
        var said = new double[labels.Length];
        var online = new double[labels.Length];
        var isotonic = new double[labels.Length];
        for (int fold = 0; fold < Folds; fold++)
        {
            int[] train = [.. Enumerable.Range(0, labels.Length).Where(row => row % Folds != fold)];
            LabelledRows rows = Take(features, columns, labels, train);
            LogisticModel model = new LogisticTrainer().Train(rows);
            var learner = new FtrlLearner(columns);
            learner.Learn(rows, passes: 5);

            // The curve must not see rows that its model has seen.
            int[] half = [.. train.Where(row => row % 2 == 0)];
            int[] other = [.. train.Where(row => row % 2 == 1)];
            LogisticModel part = new LogisticTrainer().Train(Take(features, columns, labels, half));
            IsotonicCalibrator curve = IsotonicCalibrator.Fit(
                [.. other.Select(row => part.LogOdds(features.AsSpan(row * columns, columns)))], [.. other.Select(row => labels[row])]);
            for (int row = fold; row < labels.Length; row += Folds)
            {
                ReadOnlySpan<float> of = features.AsSpan(row * columns, columns);
                said[row] = model.Predict(of);
                online[row] = learner.Predict(of);
                isotonic[row] = curve.Calibrate(part.LogOdds(of));
            }
        }

        output.WriteLine("             AUC     log loss  Brier   ECE");
        foreach ((string name, double[] of) in new[] { ("logistic", said), ("ftrl", online), ("isotonic", isotonic) })
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-12} {BinaryMeasures.AreaUnderCurve(of, labels):0.0000}  {BinaryMeasures.LogLoss(of, labels):0.0000}    "
                + $"{BinaryMeasures.BrierScore(of, labels):0.0000}  {CalibrationReport.OfEqualCounts(of, labels).ExpectedError:0.0000}"));
        }

        Assert.InRange(BinaryMeasures.AreaUnderCurve(said, labels)!.Value, 0.835, 0.86);
        Assert.True(BinaryMeasures.LogLoss(said, labels) < 0.43);
        Assert.True(CalibrationReport.OfEqualCounts(said, labels).ExpectedError < 0.03);
        Assert.True(BinaryMeasures.AreaUnderCurve(online, labels) > 0.825);
        Assert.True(CalibrationReport.OfEqualCounts(isotonic, labels).ExpectedError < 0.03);
    }

    private static LabelledRows Take(float[] features, int columns, float[] labels, int[] rows) => new(
        rows.SelectMany(row => features.AsSpan(row * columns, columns).ToArray()).ToArray(),
        columns,
        rows.Select(row => labels[row]).ToArray());

    // Numbers of about one, as learning online needs them; each word of the other columns a column of its own.
    private static (float[] Features, int Columns, float[] Labels) Read()
    {
        string[] lines = File.ReadAllLines(SharedData.Require("telco-churn/Telco-Customer-Churn.csv"));
        string[] names = lines[0].Split(',');
        string[][] rows = [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];
        var units = new Dictionary<string, float>
        {
            ["SeniorCitizen"] = 1,
            ["tenure"] = 24,
            ["MonthlyCharges"] = 50,
            ["TotalCharges"] = 2_000,
        };
        var columns = new List<Func<string[], float>>();
        for (int i = 1; i < names.Length - 1; i++)
        {
            int column = i;
            if (units.TryGetValue(names[i], out float unit))
            {
                columns.Add(row => float.TryParse(row[column], CultureInfo.InvariantCulture, out float value) ? value / unit : 0);
                continue;
            }

            foreach (string word in rows.Select(row => row[column]).Distinct().Order(StringComparer.Ordinal).Skip(1))
            {
                columns.Add(row => row[column] == word ? 1 : 0);
            }
        }

        float[] features = [.. rows.SelectMany(row => columns.Select(column => column(row)))];
        return (features, columns.Count, [.. rows.Select(row => row[^1].StartsWith("Yes", StringComparison.Ordinal) ? 1f : 0)]);
    }
}
