using System.Text.Json;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features.Declarations;

/// <summary>Rules as members of a feature's JSON object: <c>rule</c> names them, the rest are their properties.</summary>
internal static class RuleJson
{
    private const string HalfLife = "half_life";

    /// <summary>Reads the rule of a feature.</summary>
    /// <exception cref="FeatureSetException">It is none.</exception>
    public static FeatureRule Read(DeclarationNode node)
    {
        string name = node.Text("rule");
        return ReadCount(name, node) ?? ReadTaste(name, node) ?? ReadTold(name, node)
            ?? throw node.Wrong("rule", $"there is no rule '{name}'.");
    }

    /// <summary>Writes the rule of a feature.</summary>
    public static void Write(Utf8JsonWriter writer, FeatureRule rule)
    {
        string type = rule.GetType().Name;
        writer.WriteString("rule"u8, JsonNamingPolicy.SnakeCaseLower.ConvertName(type[..^"Rule".Length]));
        WriteCount(writer, rule);
        WriteTaste(writer, rule);
        WriteTold(writer, rule);
    }

    private static FeatureRule? ReadCount(string name, DeclarationNode node) => name switch
    {
        "window" => new WindowRule(SelectorJson.Read(node, "of"), node.Duration("window")) { Buckets = node.Whole("buckets", 24) },
        "decay" => new DecayRule(SelectorJson.Read(node, "of"), node.Duration(HalfLife)),
        "total" => new TotalRule(SelectorJson.Read(node, "of")),
        "recency" => new RecencyRule(SelectorJson.Read(node, "of")) { First = node.Flag("first") },
        "rate" => new RateRule(SelectorJson.Read(node, "of"), SelectorJson.Read(node, "among"), node.Duration(HalfLife))
        {
            PriorWeight = node.Number("prior_weight", 10),
            Bound = node.Choice("bound", RateBound.None),
            Deviations = node.Number("deviations", 1.96),
        },
        "mean" => new MeanRule(SelectorJson.Read(node, "of"), node.Duration(HalfLife)) { PriorWeight = node.Number("prior_weight", 5) },
        "watch_ratio" => ReadWatchRatio(node),
        _ => null,
    };

    private static WatchRatioRule ReadWatchRatio(DeclarationNode node)
    {
        var rule = new WatchRatioRule(node.Duration(HalfLife)) { PriorWeight = node.Number("prior_weight", 5) };
        return SelectorJson.ReadOrNull(node, "of") is { } of ? rule with { Of = of } : rule;
    }

    private static FeatureRule? ReadTaste(string name, DeclarationNode node) => name switch
    {
        "affinity" => new AffinityRule(node.Choice<FeatureAttribute>("attribute"), SelectorJson.Read(node, "of"), node.Duration(HalfLife))
        {
            Slots = node.Whole("slots", 24),
        },
        "similarity" => new SimilarityRule(node.Choice<FeatureAttribute>("attribute"), SelectorJson.Read(node, "of"))
        {
            Last = node.Whole("last", 16),
        },
        "vector" => new VectorRule(node.Text("vectors"), SelectorJson.Read(node, "of")) { Last = node.Whole("last", 16) },
        "profile" => new ProfileRule(SelectorJson.Read(node, "of"), node.Choice<ProfilePeriod>("period"), node.Duration(HalfLife))
        {
            UtcOffset = node.DurationOrNull("utc_offset") ?? default,
        },
        "preference" => new PreferenceRule(node.Choice<FeatureDimension>("by"), SelectorJson.Read(node, "of"), node.Duration(HalfLife))
        {
            Slots = node.Whole("slots", 8),
        },
        "binge" => ReadBinge(node),
        "visit" => new VisitRule(node.Choice<VisitMeasure>("measure"), SelectorJson.Read(node, "of"))
        {
            Gap = node.DurationOrNull("gap") ?? TimeSpan.FromMinutes(30),
        },
        _ => null,
    };

    private static BingeRule ReadBinge(DeclarationNode node)
    {
        var rule = new BingeRule(node.Duration(HalfLife)) { Within = node.DurationOrNull("within") ?? TimeSpan.FromHours(24) };
        return SelectorJson.ReadOrNull(node, "of") is { } of ? rule with { Of = of } : rule;
    }

    private static FeatureRule? ReadTold(string name, DeclarationNode node) => name switch
    {
        "catalogue" => new CatalogueRule(node.Choice<CatalogueMeasure>("measure"))
        {
            HalfLife = node.DurationOrNull(HalfLife) ?? TimeSpan.FromDays(30),
        },
        "request" => new RequestRule(node.Choice<RequestMeasure>("measure")) { UtcOffset = node.DurationOrNull("utc_offset") ?? default },
        "request_is" => new RequestIsRule(node.Choice<FeatureDimension>("by"), node.Text("is")),
        "segment" => new SegmentRule(node.Text("segment")),
        "expression" => new ExpressionRule(node.Text("text")),
        _ => null,
    };

    private static void WriteCount(Utf8JsonWriter writer, FeatureRule rule)
    {
        switch (rule)
        {
            case WindowRule window:
                SelectorJson.Write(writer, "of", window.Of);
                writer.WriteString("window"u8, DurationText.Of(window.Window));
                writer.WriteNumber("buckets"u8, window.Buckets);
                break;
            case DecayRule decay:
                SelectorJson.Write(writer, "of", decay.Of);
                writer.WriteString(HalfLife, DurationText.Of(decay.HalfLife));
                break;
            case TotalRule total:
                SelectorJson.Write(writer, "of", total.Of);
                break;
            case RecencyRule recency:
                SelectorJson.Write(writer, "of", recency.Of);
                writer.WriteBoolean("first"u8, recency.First);
                break;
            case RateRule rate:
                SelectorJson.Write(writer, "of", rate.Of);
                SelectorJson.Write(writer, "among", rate.Among);
                writer.WriteString(HalfLife, DurationText.Of(rate.HalfLife));
                writer.WriteNumber("prior_weight"u8, rate.PriorWeight);
                writer.WriteString("bound"u8, DeclarationNode.NameOf(rate.Bound));
                writer.WriteNumber("deviations"u8, rate.Deviations);
                break;
            case MeanRule mean:
                SelectorJson.Write(writer, "of", mean.Of);
                writer.WriteString(HalfLife, DurationText.Of(mean.HalfLife));
                writer.WriteNumber("prior_weight"u8, mean.PriorWeight);
                break;
            case WatchRatioRule ratio:
                SelectorJson.Write(writer, "of", ratio.Of);
                writer.WriteString(HalfLife, DurationText.Of(ratio.HalfLife));
                writer.WriteNumber("prior_weight"u8, ratio.PriorWeight);
                break;
            default:
                break;
        }
    }

    private static void WriteTaste(Utf8JsonWriter writer, FeatureRule rule)
    {
        switch (rule)
        {
            case AffinityRule affinity:
                writer.WriteString("attribute"u8, DeclarationNode.NameOf(affinity.Attribute));
                SelectorJson.Write(writer, "of", affinity.Of);
                writer.WriteString(HalfLife, DurationText.Of(affinity.HalfLife));
                writer.WriteNumber("slots"u8, affinity.Slots);
                break;
            case SimilarityRule similarity:
                writer.WriteString("attribute"u8, DeclarationNode.NameOf(similarity.Attribute));
                SelectorJson.Write(writer, "of", similarity.Of);
                writer.WriteNumber("last"u8, similarity.Last);
                break;
            case VectorRule vector:
                writer.WriteString("vectors"u8, vector.Vectors);
                SelectorJson.Write(writer, "of", vector.Of);
                writer.WriteNumber("last"u8, vector.Last);
                break;
            case ProfileRule profile:
                SelectorJson.Write(writer, "of", profile.Of);
                writer.WriteString("period"u8, DeclarationNode.NameOf(profile.Period));
                writer.WriteString(HalfLife, DurationText.Of(profile.HalfLife));
                writer.WriteString("utc_offset"u8, DurationText.Of(profile.UtcOffset));
                break;
            case PreferenceRule preference:
                writer.WriteString("by"u8, DeclarationNode.NameOf(preference.Dimension));
                SelectorJson.Write(writer, "of", preference.Of);
                writer.WriteString(HalfLife, DurationText.Of(preference.HalfLife));
                writer.WriteNumber("slots"u8, preference.Slots);
                break;
            case BingeRule binge:
                SelectorJson.Write(writer, "of", binge.Of);
                writer.WriteString(HalfLife, DurationText.Of(binge.HalfLife));
                writer.WriteString("within"u8, DurationText.Of(binge.Within));
                break;
            case VisitRule visit:
                SelectorJson.Write(writer, "of", visit.Of);
                writer.WriteString("measure"u8, DeclarationNode.NameOf(visit.Measure));
                writer.WriteString("gap"u8, DurationText.Of(visit.Gap));
                break;
            default:
                break;
        }
    }

    private static void WriteTold(Utf8JsonWriter writer, FeatureRule rule)
    {
        switch (rule)
        {
            case CatalogueRule catalogue:
                writer.WriteString("measure"u8, DeclarationNode.NameOf(catalogue.Measure));
                writer.WriteString(HalfLife, DurationText.Of(catalogue.HalfLife));
                break;
            case RequestRule request:
                writer.WriteString("measure"u8, DeclarationNode.NameOf(request.Measure));
                writer.WriteString("utc_offset"u8, DurationText.Of(request.UtcOffset));
                break;
            case RequestIsRule requestIs:
                writer.WriteString("by"u8, DeclarationNode.NameOf(requestIs.Dimension));
                writer.WriteString("is"u8, requestIs.Name);
                break;
            case SegmentRule segment:
                writer.WriteString("segment"u8, segment.Segment);
                break;
            case ExpressionRule expression:
                writer.WriteString("text"u8, expression.Text);
                break;
            default:
                break;
        }
    }
}
