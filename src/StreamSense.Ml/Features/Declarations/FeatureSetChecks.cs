using System.Collections.Immutable;
using StreamSense.Ml.Features.Expressions;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features.Declarations;

/// <summary>What features must be like.</summary>
internal static class FeatureSetChecks
{
    private const int MostFeatures = 1024;
    private const int MostSlots = 256;
    private const int MostRecent = 64;
    private const int MostBuckets = 1024;
    private const int Open = 1;
    private const int Closed = 2;

    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(3660);

    /// <summary>Checks a set.</summary>
    /// <exception cref="FeatureSetException">A feature cannot be.</exception>
    public static void Check(ImmutableArray<FeatureDefinition> features)
    {
        if (features.Length is 0 or > MostFeatures)
        {
            throw new FeatureSetException("features", $"a set has from 1 to {MostFeatures} features.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (FeatureDefinition feature in features)
        {
            Require(IsName(feature.Name), feature, "a name has letters, digits, points and underscores, and begins with a letter.");
            Require(names.Add(feature.Name), feature, "there are two features of this name.");
            Require(feature.Rule is not null, feature, "a feature needs a rule.");
            CheckScope(feature);
            CheckNumbers(feature);
            CheckTtl(feature);
        }

        CheckOrder(features);
    }

    /// <summary>The features in an order in which each comes after those it is computed from.</summary>
    /// <exception cref="FeatureSetException">An expression names itself, by whatever way, or a feature that is not there.</exception>
    public static IReadOnlyList<int> CheckOrder(ImmutableArray<FeatureDefinition> features)
    {
        var places = features.Select((feature, index) => (feature.Name, index))
            .ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        var order = new List<int>();
        var done = new int[features.Length];
        for (int i = 0; i < features.Length; i++)
        {
            Visit(i, features, places, done, order);
        }

        return order;
    }

    /// <summary>The events that a rule listens to, or null.</summary>
    public static EventSelector? SelectorOf(FeatureRule? rule) => rule switch
    {
        WindowRule window => window.Of,
        DecayRule decay => decay.Of,
        TotalRule total => total.Of,
        RecencyRule recency => recency.Of,
        RateRule rate => rate.Among,
        MeanRule mean => mean.Of,
        WatchRatioRule ratio => ratio.Of,
        AffinityRule affinity => affinity.Of,
        SimilarityRule similarity => similarity.Of,
        VectorRule vector => vector.Of,
        ProfileRule profile => profile.Of,
        PreferenceRule preference => preference.Of,
        BingeRule binge => binge.Of,
        VisitRule visit => visit.Of,
        _ => null,
    };

    // The depth is that of expressions over expressions: at most the number of features.
    private static void Visit(
        int index, ImmutableArray<FeatureDefinition> features, Dictionary<string, int> places, int[] done, List<int> order)
    {
        if (done[index] == Closed)
        {
            return;
        }

        FeatureDefinition feature = features[index];
        Require(done[index] != Open, feature, "the expression leads back to itself.");
        done[index] = Open;
        if (feature.Rule is ExpressionRule expression)
        {
            var names = new SortedSet<string>(StringComparer.Ordinal);
            ExpressionParser.Parse(expression.Text, feature.Name).AddFeaturesTo(names);
            foreach (string name in names)
            {
                Require(places.TryGetValue(name, out int operand), feature, $"there is no feature '{name}'.");
                Visit(operand, features, places, done, order);
            }
        }

        done[index] = Closed;
        order.Add(index);
    }

    private static void CheckScope(FeatureDefinition feature)
    {
        bool needsDimension = feature.Scope is FeatureScope.TitleSegment or FeatureScope.Dimension && feature.Rule is not ExpressionRule;
        Require(
            needsDimension == (feature.Dimension != FeatureDimension.None), feature,
            "a dimension goes with the scopes title_segment and dimension, and with no other.");
        Require(feature.Dimension != FeatureDimension.Length, feature, "the length is a dimension of watch ratios only.");
        bool fits = feature.Rule switch
        {
            ExpressionRule => true,
            RequestRule or RequestIsRule => feature.Scope == FeatureScope.Request,
            CatalogueRule or WatchRatioRule => feature.Scope == FeatureScope.Title,
            SegmentRule => feature.Scope == FeatureScope.Viewer,
            AffinityRule or SimilarityRule or VectorRule or ProfileRule or PreferenceRule or BingeRule or VisitRule =>
                feature.Scope is FeatureScope.Viewer or FeatureScope.Household or FeatureScope.Device,
            _ => feature.Scope != FeatureScope.Request,
        };
        Require(fits, feature, $"a {feature.Rule!.GetType().Name} does not go with the scope {feature.Scope}.");
    }

    private static void CheckNumbers(FeatureDefinition feature)
    {
        CheckDurations(feature);
        bool inRange = feature.Rule switch
        {
            WindowRule window => window.Buckets is >= 1 and <= MostBuckets
                && window.Window.Ticks / TimeSpan.TicksPerMicrosecond % window.Buckets == 0,
            AffinityRule affinity => affinity.Slots is >= 1 and <= MostSlots,
            PreferenceRule preference => preference.Slots is >= 1 and <= MostSlots && preference.Dimension != FeatureDimension.None,
            SimilarityRule similarity => similarity.Last is >= 1 and <= MostRecent,
            VectorRule vector => vector.Last is >= 1 and <= MostRecent,
            RateRule rate => IsWeight(rate.PriorWeight) && IsWeight(rate.Deviations),
            MeanRule mean => IsWeight(mean.PriorWeight),
            WatchRatioRule ratio => IsWeight(ratio.PriorWeight),
            RequestIsRule request => request.Dimension is not (FeatureDimension.None or FeatureDimension.Length)
                && !string.IsNullOrEmpty(request.Name),
            _ => true,
        };
        Require(inRange, feature, "a number of the rule is outside its range (a window is a whole number of microseconds a bucket).");
    }

    private static bool IsWeight(double weight) => weight >= 0 && double.IsFinite(weight);

    private static void CheckDurations(FeatureDefinition feature)
    {
        TimeSpan? duration = feature.Rule switch
        {
            WindowRule window => window.Window,
            DecayRule decay => decay.HalfLife,
            RateRule rate => rate.HalfLife,
            MeanRule mean => mean.HalfLife,
            WatchRatioRule ratio => ratio.HalfLife,
            AffinityRule affinity => affinity.HalfLife,
            ProfileRule profile => profile.HalfLife,
            PreferenceRule preference => preference.HalfLife,
            BingeRule binge => binge.HalfLife,
            VisitRule visit => visit.Gap,
            CatalogueRule catalogue => catalogue.HalfLife,
            _ => null,
        };
        Require(
            duration is null || (duration >= TimeSpan.FromSeconds(1) && duration <= LongestDuration), feature,
            "a window, half-life or gap lasts from a second to ten years.");
        TimeSpan offset = feature.Rule switch
        {
            ProfileRule profile => profile.UtcOffset,
            RequestRule request => request.UtcOffset,
            _ => default,
        };
        Require(offset.Duration() <= TimeSpan.FromHours(14), feature, "an offset from UTC is at most 14 hours.");
    }

    private static void CheckTtl(FeatureDefinition feature)
    {
        if (feature.Ttl is { } ttl)
        {
            Require(ttl > TimeSpan.Zero, feature, "a time to live is positive.");
            bool isKept = feature.Rule is WindowRule or DecayRule or TotalRule or RecencyRule or RateRule or MeanRule or ProfileRule
                or PreferenceRule or BingeRule or VisitRule;
            Require(isKept, feature, "a time to live goes with what is kept in one row.");
        }
    }

    private static bool IsName(string? name) =>
        !string.IsNullOrEmpty(name) && char.IsAsciiLetter(name[0])
        && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '_');

    private static void Require(bool holds, FeatureDefinition feature, string problem)
    {
        if (!holds)
        {
            throw new FeatureSetException(string.IsNullOrEmpty(feature.Name) ? "features" : feature.Name, problem);
        }
    }
}
