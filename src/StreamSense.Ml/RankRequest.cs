using System.Buffers.Text;
using StreamSense.Core.Events;

namespace StreamSense.Ml;

/// <summary>A request for a ranking.</summary>
/// <remarks>
/// On the stack. The id is text, because the client sends it back with impressions, clicks and playback requests, where the door hashes it
/// as the recommender does; a host without ids of its own makes one with <see cref="FormatId"/>. An id serves one ranking: decisions
/// of a second one for the same surface, row and id are duplicates of the first.
/// </remarks>
public readonly ref struct RankRequest
{
    /// <summary>The length in bytes of an id made by <see cref="FormatId"/>.</summary>
    public const int IdLength = 16;

    /// <summary>The request's id as UTF-8 text.</summary>
    public required ReadOnlySpan<byte> Id { get; init; }

    /// <summary>Where the titles will be shown: the name of a surface of the recommender.</summary>
    public required string Surface { get; init; }

    /// <summary>The event time of the request. A live host passes what its <see cref="TimeProvider"/> says.</summary>
    public required EventTime Time { get; init; }

    /// <summary>What the viewer's data may be used for.</summary>
    /// <value>
    /// Default none. Without personalisation nothing remembered of the viewer is used; without measurement no decisions are written.
    /// </value>
    public ConsentPurposes Consent { get; init; }

    /// <summary>The viewer, or none.</summary>
    public ViewerId Viewer { get; init; }

    /// <summary>The household, or none.</summary>
    public HouseholdId Household { get; init; }

    /// <summary>The device, or none.</summary>
    public DeviceId Device { get; init; }

    /// <summary>The visit of the app, or none.</summary>
    public VisitId Visit { get; init; }

    /// <summary>Country, device kind, app, variants: the dimensions of the request.</summary>
    /// <value>Default empty. Source, consent and version are set by the recommender; the country also restricts what is available.</value>
    public EventContext Dimensions { get; init; }

    /// <summary>Which row of the surface, or null.</summary>
    public int? Row { get; init; }

    /// <summary>The highest age that a title may be rated for, in years.</summary>
    /// <value>Default null: no limit but that of the viewer's profile. Heeded by surfaces with a filter for it.</value>
    public int? MaxAge { get; init; }

    /// <summary>Whether a child asks, whatever the viewer's profile says.</summary>
    public bool Kids { get; init; }

    /// <summary>Numbers of the request as a whole that rankers may use.</summary>
    public ReadOnlySpan<float> Shared { get; init; }

    /// <summary>Writes an id for a number: 16 hexadecimal digits.</summary>
    /// <param name="number">A number that no other request has; random, so that clients cannot guess another's.</param>
    /// <param name="destination">Room for <see cref="IdLength"/> bytes.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException">There is too little room.</exception>
    public static ReadOnlySpan<byte> FormatId(ulong number, Span<byte> destination) =>
        Utf8Formatter.TryFormat(number, destination, out int written, new System.Buffers.StandardFormat('x', IdLength))
            ? destination[..written]
            : throw new ArgumentException($"An id needs {IdLength} bytes.", nameof(destination));
}
