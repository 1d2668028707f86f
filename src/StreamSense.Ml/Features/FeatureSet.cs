using System.Collections.Immutable;
using System.Text;
using StreamSense.Ml.Features.Declarations;

namespace StreamSense.Ml.Features;

/// <summary>Features that are declared, checked and in order: what a <see cref="FeatureEngine"/> keeps and reads.</summary>
/// <remarks>Immutable. The same model in code (<see cref="FeatureSetBuilder"/>) and JSON (<see cref="Parse(ReadOnlySpan{byte})"/>,
/// <see cref="ToJson"/>).</remarks>
public sealed class FeatureSet
{
    internal FeatureSet(ImmutableArray<FeatureDefinition> features)
    {
        Features = features;
        FeatureSetChecks.Check(features);
        Layout = new FeatureLayout(features.AsSpan());
        Hash = State.NameHash.Of(ToJson());
    }

    /// <summary>The features in the order of their columns.</summary>
    public ImmutableArray<FeatureDefinition> Features { get; }

    /// <summary>The columns.</summary>
    public FeatureLayout Layout { get; }

    /// <summary>A hash of all that is declared: state that was kept for one declaration is not read by another.</summary>
    public ulong Hash { get; }

    /// <summary>Reads a set from JSON: an object with the array <c>features</c>.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="FeatureSetException">It is not such a set; the message says where and why.</exception>
    public static FeatureSet Parse(ReadOnlySpan<byte> json) => new(FeatureSetJson.Read(json));

    /// <summary>Reads a set from JSON.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="FeatureSetException">It is not such a set; the message says where and why.</exception>
    public static FeatureSet Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>The set as JSON, from which <see cref="Parse(string)"/> makes an equal one.</summary>
    public string ToJson() => FeatureSetJson.Write(Features);
}
