using System.Collections.Immutable;
using System.Text.Json;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Compares the features of a reference, such as what a model was trained on, with those of now.</summary>
/// <remarks>
/// <para>For each feature: how much is missing, mean and deviation, the population stability index over bins of equal share of the
/// reference
/// (Siddiqi, Credit Risk Scorecards, 2006, with missing values as a bin of their own), and the Kolmogorov-Smirnov statistic.</para>
/// <para>A stream of bounded memory: values are counted in buckets at most 1/64 wide, in terms of where they begin. Two of them merge to
/// what one over all values would be, to the bit. One thread at a time.</para>
/// </remarks>
public sealed class FeatureDrift
{
    private readonly FeatureDriftOptions _options;
    private readonly FeatureSummary[] _reference;
    private readonly FeatureSummary[] _current;

    /// <summary>Makes an empty comparison.</summary>
    /// <param name="layout">The features.</param>
    /// <param name="options">From when on a feature counts as drifted; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public FeatureDrift(FeatureLayout layout, FeatureDriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout = layout;
        _options = options ?? new FeatureDriftOptions();
        _options.Validate();
        _reference = [.. Enumerable.Range(0, layout.Count).Select(_ => new FeatureSummary())];
        _current = [.. Enumerable.Range(0, layout.Count).Select(_ => new FeatureSummary())];
    }

    /// <summary>The features.</summary>
    public FeatureLayout Layout { get; }

    /// <summary>How many rankings were left out because they have other features.</summary>
    public long OtherLayout { get; private set; }

    /// <summary>Feature by feature.</summary>
    public ImmutableArray<FeatureDriftRow> Rows => [.. Enumerable.Range(0, Layout.Count).Select(RowOf)];

    /// <summary>The gravest of the verdicts.</summary>
    public DriftVerdict Verdict => Rows.Max(row => row.Verdict);

    /// <summary>Adds a training set to the reference.</summary>
    /// <param name="set">The set.</param>
    /// <exception cref="ArgumentException">It has other features.</exception>
    public void AddReference(TrainingSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Layout.Hash != Layout.Hash)
        {
            throw new ArgumentException("The set has other features.", nameof(set));
        }

        for (int feature = 0; feature < _reference.Length; feature++)
        {
            AddAll(_reference[feature], set.Columns[feature].Span);
        }
    }

    /// <summary>Adds a ranking to the reference.</summary>
    /// <param name="ranking">The ranking.</param>
    public void AddReference(in RankingRecord ranking) => Add(_reference, ranking);

    /// <summary>Adds a ranking of now.</summary>
    /// <param name="ranking">The ranking.</param>
    public void AddCurrent(in RankingRecord ranking) => Add(_current, ranking);

    /// <summary>Adds what another comparison has seen, on both sides.</summary>
    /// <param name="other">The other one; unchanged.</param>
    /// <exception cref="ArgumentException">It compares other features.</exception>
    public void Merge(FeatureDrift other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Layout.Hash != Layout.Hash)
        {
            throw new ArgumentException("Comparisons of different features do not merge.", nameof(other));
        }

        OtherLayout += other.OtherLayout;
        for (int i = 0; i < _reference.Length; i++)
        {
            _reference[i].Merge(other._reference[i]);
            _current[i].Merge(other._current[i]);
        }
    }

    /// <summary>Writes the comparison as a JSON object.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("verdict", TextOf(Verdict));
        writer.WriteNumber("otherLayout", OtherLayout);
        writer.WriteStartArray("features");
        foreach (FeatureDriftRow row in Rows)
        {
            writer.WriteStartObject();
            writer.WriteString("name", row.Name);
            writer.WriteString("verdict", TextOf(row.Verdict));
            ReportText.WriteNumber(writer, "stabilityIndex", row.StabilityIndex);
            ReportText.WriteNumber(writer, "distance", row.Distance);
            WriteSide(writer, "reference", row.ReferenceValues, row.ReferenceMissing, row.ReferenceMean, row.ReferenceDeviation);
            WriteSide(writer, "current", row.CurrentValues, row.CurrentMissing, row.CurrentMean, row.CurrentDeviation);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The comparison as a table of text, the features that changed most first.</summary>
    public override string ToString() => ReportText.Table(
        ["feature", "verdict", "index", "distance", "missing", "missing now", "mean", "mean now", "deviation", "deviation now"],
        Rows.OrderByDescending(row => row.Verdict).ThenByDescending(row => row.StabilityIndex).Select(row => (string[])
        [
            row.Name,
            TextOf(row.Verdict),
            ReportText.Of(row.StabilityIndex),
            ReportText.Of(row.Distance),
            ReportText.Of(row.ReferenceMissing),
            ReportText.Of(row.CurrentMissing),
            ReportText.Of(row.ReferenceMean),
            ReportText.Of(row.CurrentMean),
            ReportText.Of(row.ReferenceDeviation),
            ReportText.Of(row.CurrentDeviation),
        ]));

    private static string TextOf(DriftVerdict verdict) => verdict switch
    {
        DriftVerdict.TooFew => "too_few",
        DriftVerdict.Stable => "stable",
        DriftVerdict.Shifted => "shifted",
        _ => "drifted",
    };

    private static void WriteSide(Utf8JsonWriter writer, string name, long values, double? missing, double? mean, double? deviation)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("values", values);
        ReportText.WriteNumber(writer, "missing", missing);
        ReportText.WriteNumber(writer, "mean", mean);
        ReportText.WriteNumber(writer, "deviation", deviation);
        writer.WriteEndObject();
    }

    private static void AddAll(FeatureSummary summary, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            summary.Add(value);
        }
    }

    private void Add(FeatureSummary[] side, in RankingRecord ranking)
    {
        int rows = ranking.Candidates.Length;
        if (ranking.Model.LayoutHash != Layout.Hash || ranking.Features.Length != rows * Layout.Count)
        {
            OtherLayout++;
            return;
        }

        for (int feature = 0; feature < side.Length; feature++)
        {
            AddAll(side[feature], ranking.Features.Slice(feature * rows, rows));
        }
    }

    private FeatureDriftRow RowOf(int feature)
    {
        FeatureSummary reference = _reference[feature];
        FeatureSummary current = _current[feature];
        double? index = DriftMeasures.StabilityIndex(reference, current, _options.Bins);
        return new FeatureDriftRow(
            Layout.Features[feature].Name,
            Judge(reference, current, index),
            reference.Values,
            current.Values,
            reference.MissingShare,
            current.MissingShare,
            reference.Mean,
            current.Mean,
            reference.StandardDeviation,
            current.StandardDeviation,
            index,
            DriftMeasures.Distance(reference, current));
    }

    private DriftVerdict Judge(FeatureSummary reference, FeatureSummary current, double? index)
    {
        if (reference.Values < _options.LeastValues || current.Values < _options.LeastValues)
        {
            return DriftVerdict.TooFew;
        }

        bool isMissing = Math.Abs(reference.MissingShare!.Value - current.MissingShare!.Value) >= _options.AlarmMissing;
        return isMissing || index >= _options.AlarmIndex ? DriftVerdict.Drifted
            : index >= _options.WarnIndex ? DriftVerdict.Shifted
            : DriftVerdict.Stable;
    }
}
