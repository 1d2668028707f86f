using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>One ranking as it was: who asked, what there was to choose from, what was known of it, and what was chosen.</summary>
public readonly ref struct RankingRecord
{
    /// <summary>The request, by which outcomes are joined.</summary>
    public required RequestId Request { get; init; }

    /// <summary>The surface, as a keyed or content hash that is stable across processes.</summary>
    public required ulong Surface { get; init; }

    /// <summary>When the titles were wanted.</summary>
    public required EventTime Time { get; init; }

    /// <summary>The viewer; none without consent to personalisation.</summary>
    public ViewerId Viewer { get; init; }

    /// <summary>The household; none without consent to personalisation.</summary>
    public HouseholdId Household { get; init; }

    /// <summary>The device; none without consent to personalisation.</summary>
    public DeviceId Device { get; init; }

    /// <summary>The visit.</summary>
    public VisitId Visit { get; init; }

    /// <summary>What the viewer has agreed to.</summary>
    public ConsentPurposes Consent { get; init; }

    /// <summary>Country, kind of device and what else the request told; source, consent and version do not count.</summary>
    /// <value>Default empty.</value>
    public EventContext Dimensions { get; init; }

    /// <summary>The surface's name, a symbol of <see cref="Vocabulary.Surfaces"/>.</summary>
    /// <value>Default none.</value>
    public Symbol SurfaceName { get; init; }

    /// <summary>The CDN; none if unknown.</summary>
    public Symbol Cdn { get; init; }

    /// <summary>The view under way, where what was ranked is to follow it; none if there is none.</summary>
    public ViewId View { get; init; }

    /// <summary>The position that was scored for; null if there is none.</summary>
    public int? Position { get; init; }

    /// <summary>Numbers of the request as a whole that the ranker was given.</summary>
    public ReadOnlySpan<float> Shared { get; init; }

    /// <summary>What the columns of <see cref="Features"/> mean.</summary>
    /// <value>Default null: a log writes what it knows of <see cref="ModelInfo.LayoutHash"/>, and a reader gives what it found.</value>
    public FeatureLayout? Layout { get; init; }

    /// <summary>The position of the feature store when the features were read: how many facts it had applied.</summary>
    public long StorePosition { get; init; }

    /// <summary>The model whose scores counted.</summary>
    public required ModelInfo Model { get; init; }

    /// <summary>The candidates.</summary>
    public ReadOnlySpan<TitleId> Candidates { get; init; }

    /// <summary>Their features, one column after the other, as <see cref="CandidateBatch.Features"/> has them; NaN = missing.</summary>
    public ReadOnlySpan<float> Features { get; init; }

    /// <summary>Their scores.</summary>
    public ReadOnlySpan<float> Scores { get; init; }

    /// <summary>The slate: indices into <see cref="Candidates"/>, best place first.</summary>
    public ReadOnlySpan<int> Chosen { get; init; }

    /// <summary>With what probability each of the slate was chosen for its place, in the order of <see cref="Chosen"/>.</summary>
    public ReadOnlySpan<float> Propensities { get; init; }

    /// <summary>For whom, where and as of when the features were read.</summary>
    public FeatureQuery Query => new(Viewer, Consent, Time)
    {
        Household = Household,
        Device = Device,
        View = View,
        Visit = Visit,
        Dimensions = Dimensions,
        Cdn = Cdn,
        Position = Position,
        Surface = SurfaceName,
    };
}
