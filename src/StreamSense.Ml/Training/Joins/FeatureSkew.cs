using System.Collections.Immutable;
using System.Text.Json;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Compares features as they were served with the same ones rebuilt, feature by feature.</summary>
/// <remarks>
/// Give <see cref="Add"/> to <see cref="PointInTimeJoin.Rebuild"/>. A stream: memory is some 100 bytes a feature. Two of them over parts of
/// a log merge to what one over the whole log would be, to the bit. One thread at a time.
/// </remarks>
/// <param name="layout">The features, in the order of their columns in both.</param>
public sealed class FeatureSkew(FeatureLayout layout)
{
    private readonly Sums[] _features = new Sums[(layout ?? throw new ArgumentNullException(nameof(layout))).Count];

    /// <summary>The features.</summary>
    public FeatureLayout Layout { get; } = layout;

    /// <summary>How many rankings were compared.</summary>
    public long Rankings { get; private set; }

    /// <summary>How many rankings were left out because they were logged with other features.</summary>
    public long OtherLayout { get; private set; }

    /// <summary>How many values differ, in value or in being there.</summary>
    public long Different => _features.Sum(feature => feature.Values - feature.Equal);

    /// <summary>Feature by feature.</summary>
    public ImmutableArray<FeatureSkewRow> Rows => [.. _features.Select((sums, i) => new FeatureSkewRow(
        Layout.Features[i].Name,
        sums.Values,
        sums.Equal,
        sums.MissingLogged,
        sums.MissingRebuilt,
        sums.Both == 0 ? null : FixedPoint.ToDouble(sums.Difference) / sums.Both,
        sums.MaxDifference,
        sums.MaxRelative))];

    /// <summary>Compares a ranking.</summary>
    /// <param name="ranking">The ranking with the features as served.</param>
    /// <param name="rebuilt">The features as rebuilt, one column after the other.</param>
    public void Add(in RankingRecord ranking, ReadOnlySpan<float> rebuilt)
    {
        int rows = ranking.Candidates.Length;
        if (ranking.Model.LayoutHash != Layout.Hash
            || ranking.Features.Length != rows * Layout.Count
            || rebuilt.Length != ranking.Features.Length)
        {
            OtherLayout++;
            return;
        }

        Rankings++;
        for (int feature = 0; feature < _features.Length; feature++)
        {
            _features[feature].Add(ranking.Features.Slice(feature * rows, rows), rebuilt.Slice(feature * rows, rows));
        }
    }

    /// <summary>Adds what another comparison has seen.</summary>
    /// <param name="other">The other one; unchanged.</param>
    /// <exception cref="ArgumentException">It compares other features.</exception>
    public void Merge(FeatureSkew other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Layout.Hash != Layout.Hash)
        {
            throw new ArgumentException("Comparisons of different features do not merge.", nameof(other));
        }

        Rankings += other.Rankings;
        OtherLayout += other.OtherLayout;
        for (int i = 0; i < _features.Length; i++)
        {
            _features[i].Merge(other._features[i]);
        }
    }

    /// <summary>Writes the comparison as a JSON object.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("rankings", Rankings);
        writer.WriteNumber("otherLayout", OtherLayout);
        writer.WriteNumber("different", Different);
        writer.WriteStartArray("features");
        foreach (FeatureSkewRow row in Rows)
        {
            writer.WriteStartObject();
            writer.WriteString("name", row.Name);
            writer.WriteNumber("values", row.Values);
            writer.WriteNumber("equal", row.Equal);
            writer.WriteNumber("missingLogged", row.MissingLogged);
            writer.WriteNumber("missingRebuilt", row.MissingRebuilt);
            ReportText.WriteNumber(writer, "meanDifference", row.MeanDifference);
            ReportText.WriteNumber(writer, "maxDifference", row.MaxDifference);
            ReportText.WriteNumber(writer, "maxRelativeDifference", row.MaxRelativeDifference);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The comparison as a table of text, the features that differ most first.</summary>
    public override string ToString() => ReportText.Table(
        ["feature", "values", "different", "missing logged", "missing rebuilt", "mean difference", "max", "max relative"],
        Rows.OrderByDescending(row => row.Different).Select(row => (string[])
        [
            row.Name,
            ReportText.Of(row.Values),
            ReportText.Of(row.Different),
            ReportText.Of(row.MissingLogged),
            ReportText.Of(row.MissingRebuilt),
            ReportText.Of(row.MeanDifference),
            ReportText.Of(row.MaxDifference),
            ReportText.Of(row.MaxRelativeDifference),
        ]));

    private struct Sums
    {
        public long Values;
        public long Equal;
        public long MissingLogged;
        public long MissingRebuilt;
        public long Both;
        public Int128 Difference;
        public double MaxDifference;
        public double MaxRelative;

        public void Add(ReadOnlySpan<float> logged, ReadOnlySpan<float> rebuilt)
        {
            Values += logged.Length;
            for (int i = 0; i < logged.Length; i++)
            {
                float a = logged[i];
                float b = rebuilt[i];
                Both += float.IsNaN(a) || float.IsNaN(b) ? 0 : 1;
                if (BitConverter.SingleToUInt32Bits(a) == BitConverter.SingleToUInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b)))
                {
                    Equal++;
                }
                else if (float.IsNaN(a) || float.IsNaN(b))
                {
                    MissingLogged += float.IsNaN(a) ? 1 : 0;
                    MissingRebuilt += float.IsNaN(b) ? 1 : 0;
                }
                else
                {
                    Note(a, b);
                }
            }
        }

        public void Merge(in Sums other)
        {
            Values += other.Values;
            Equal += other.Equal;
            MissingLogged += other.MissingLogged;
            MissingRebuilt += other.MissingRebuilt;
            Both += other.Both;
            Difference += other.Difference;
            MaxDifference = Math.Max(MaxDifference, other.MaxDifference);
            MaxRelative = Math.Max(MaxRelative, other.MaxRelative);
        }

        private void Note(double a, double b)
        {
            double difference = Math.Abs(a - b);
            double greater = Math.Max(Math.Abs(a), Math.Abs(b));
            Difference += FixedPoint.From(difference);
            MaxDifference = Math.Max(MaxDifference, difference);
            MaxRelative = Math.Max(MaxRelative, greater > 0 && double.IsFinite(greater) ? difference / greater : 0);
        }
    }
}
