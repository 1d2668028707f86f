using System.Text;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Ml.Training.Joins;

namespace StreamSense.Ml.Tests.Training.Joins;

public sealed class FeatureDriftTests
{
    private static readonly FeatureLayout One = new(new FeatureDefinition("x", FeatureScope.Title));
    private static readonly ModelInfo Model = new("m", "1", One.Hash);

    [Fact]
    public void StabilityIndex_HandTable_IsItsSum()
    {
        // Reference: a tenth in each of ten values. Now: twice as much in the first, nothing in the last.
        float[] reference = [.. Enumerable.Range(0, 10_000).Select(i => (float)(i % 10))];
        float[] current = [.. reference.Select(value => value == 9 ? 0f : value)];

        FeatureDriftRow row = Row(reference, current);

        double expected = (0.1 * Math.Log(0.2 / 0.1)) + ((0.00005 - 0.1) * Math.Log(0.00005 / 0.1));
        Assert.Equal(expected, row.StabilityIndex!.Value, 1e-12);
        Assert.Equal(0.1, row.Distance!.Value, 1e-12);
        Assert.Equal((4.5, 3.6), (row.ReferenceMean, row.CurrentMean));
        Assert.Equal(Math.Sqrt(8.25), row.ReferenceDeviation!.Value, 1e-9);
        Assert.Equal(DriftVerdict.Drifted, row.Verdict);
    }

    [Fact]
    public void Rows_SameDistribution_IsStable()
    {
        var random = new Random(1);
        FeatureDriftRow row = Row(Normal(random, 20_000, 0, 1), Normal(random, 20_000, 0, 1));
        Assert.Equal(DriftVerdict.Stable, row.Verdict);
        Assert.InRange(row.StabilityIndex!.Value, 0, 0.01);
        Assert.InRange(row.Distance!.Value, 0, 0.02);
    }

    [Fact]
    public void Rows_ShiftedNormal_IsNearTheExactFigures()
    {
        // Two normal distributions half a deviation apart: the greatest gap is 2 Φ(1/4) − 1, the index of ever finer bins 1/4.
        var random = new Random(2);
        FeatureDriftRow row = Row(Normal(random, 200_000, 0, 1), Normal(random, 200_000, 0.5, 1));
        Assert.InRange(row.Distance!.Value, 0.1974 - 0.006, 0.1974 + 0.006);
        Assert.InRange(row.StabilityIndex!.Value, 0.2, 0.25);
        Assert.Equal(DriftVerdict.Shifted, row.Verdict);
    }

    [Fact]
    public void Rows_MoreMissing_IsDriftWhateverTheValues()
    {
        float[] reference = [.. Enumerable.Range(0, 10_000).Select(i => (float)(i % 100))];
        float[] current = [.. reference.Select((value, i) => i % 10 == 0 ? float.NaN : value)];
        FeatureDriftRow row = Row(reference, current);
        Assert.Equal((0.0, 0.1, DriftVerdict.Drifted), (row.ReferenceMissing, row.CurrentMissing, row.Verdict));
    }

    [Fact]
    public void Rows_TooFewOrNone_SayNothing()
    {
        FeatureDriftRow row = Row([1, 2], []);
        Assert.Equal(DriftVerdict.TooFew, row.Verdict);
        Assert.Equal((null, null, null), (row.StabilityIndex, row.Distance, row.CurrentMean));
    }

    [Fact]
    public void Merge_Parts_EqualsTheWholeToTheBit()
    {
        var random = new Random(3);
        float[] reference = Normal(random, 5000, 3, 100);
        float[] current = Normal(random, 5000, -2, 1e-3);
        var whole = new FeatureDrift(One);
        Add(whole, reference, current);
        var left = new FeatureDrift(One);
        var right = new FeatureDrift(One);
        Add(left, reference[..1234], current[..4000]);
        Add(right, reference[1234..], current[4000..]);

        right.Merge(left);

        Assert.Equal(whole.Rows.Single(), right.Rows.Single());
        Assert.Equal(whole.ToString(), right.ToString());
        Assert.Throws<ArgumentException>(() => whole.Merge(new FeatureDrift(StandardFeatures.Streaming.Layout)));
    }

    [Fact]
    public void Add_OtherFeatures_IsLeftOutAndCounted()
    {
        var drift = new FeatureDrift(StandardFeatures.Streaming.Layout);
        drift.AddCurrent(Record([1, 2]));
        Assert.Equal(1, drift.OtherLayout);
    }

    [Fact]
    public void WriteTo_Report_IsJsonWithNullForWhatIsNotKnown()
    {
        var drift = new FeatureDrift(One);
        Add(drift, [1, 2, float.NaN], []);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            drift.WriteTo(writer);
        }

        Assert.Equal(
            "{\"verdict\":\"too_few\",\"otherLayout\":0,\"features\":[{\"name\":\"x\",\"verdict\":\"too_few\",\"stabilityIndex\":null,\"distance\":null,"
            + "\"reference\":{\"values\":3,\"missing\":0.3333333333333333,\"mean\":1.5,\"deviation\":0.5},"
            + "\"current\":{\"values\":0,\"missing\":null,\"mean\":null,\"deviation\":null}}]}",
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Skew_WriteTo_IsJson()
    {
        var skew = new FeatureSkew(One);
        skew.Add(Record([1, 2, float.NaN, 4, float.NaN]), [1, 2.5f, 3, float.NaN, float.NaN]);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            skew.WriteTo(writer);
        }

        Assert.Equal(
            "{\"rankings\":1,\"otherLayout\":0,\"different\":3,\"features\":[{\"name\":\"x\",\"values\":5,\"equal\":2,\"missingLogged\":1,"
            + "\"missingRebuilt\":1,\"meanDifference\":0.25,\"maxDifference\":0.5,\"maxRelativeDifference\":0.2}]}",
            Encoding.UTF8.GetString(stream.ToArray()));
        var other = new FeatureSkew(One);
        other.Add(Record([7]), [9]);
        other.Merge(skew);
        Assert.Equal((2L, 6L, 4L, 2.0), (other.Rankings, other.Rows[0].Values, other.Different, other.Rows[0].MaxDifference));
        Assert.Equal(2.5 / 3, other.Rows[0].MeanDifference!.Value, 1e-9);
    }

    [Theory]
    [InlineData(1, 0.1, 0.25, 0.05, 1000)]
    [InlineData(10, 0, 0.25, 0.05, 1000)]
    [InlineData(10, 0.1, 0.05, 0.05, 1000)]
    [InlineData(10, 0.1, 0.25, 0, 1000)]
    [InlineData(10, 0.1, 0.25, 0.05, 0)]
    public void Validate_OutOfRange_Throws(int bins, double warn, double alarm, double missing, long least)
    {
        var options = new FeatureDriftOptions
        {
            Bins = bins,
            WarnIndex = warn,
            AlarmIndex = alarm,
            AlarmMissing = missing,
            LeastValues = least,
        };
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureDrift(One, options));
    }

    private static FeatureDriftRow Row(float[] reference, float[] current)
    {
        var drift = new FeatureDrift(One);
        Add(drift, reference, current);
        return drift.Rows.Single();
    }

    private static void Add(FeatureDrift drift, float[] reference, float[] current)
    {
        drift.AddReference(Record(reference));
        drift.AddCurrent(Record(current));
    }

    private static RankingRecord Record(float[] values) => new()
    {
        Request = new RequestId(1),
        Surface = 1,
        Time = default,
        Model = Model,
        Candidates = new TitleId[values.Length],
        Features = values,
    };

    // Box and Muller.
    private static float[] Normal(Random random, int count, double mean, double deviation) =>
    [
        .. Enumerable.Range(0, count).Select(_ => (float)(mean
            + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))),
    ];
}
