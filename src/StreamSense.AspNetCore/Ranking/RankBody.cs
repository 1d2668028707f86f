using StreamSense.Core.Events;

namespace StreamSense.AspNetCore.Ranking;

/// <summary>What a client asks of <c>POST rank</c>.</summary>
internal sealed record RankBody
{
    /// <summary>The surface.</summary>
    public string? Surface { get; set; }

    /// <summary>How many titles at most.</summary>
    public int? Count { get; set; }

    /// <summary>The client's id of the request, or null to be given one.</summary>
    public string? Request { get; set; }

    /// <summary>The raw viewer id, or null.</summary>
    public string? Viewer { get; set; }

    /// <summary>The raw household id, or null.</summary>
    public string? Household { get; set; }

    /// <summary>The raw device id, or null.</summary>
    public string? Device { get; set; }

    /// <summary>The raw visit id, or null.</summary>
    public string? Visit { get; set; }

    /// <summary>The country, or null.</summary>
    public string? Country { get; set; }

    /// <summary>The kind of device, or null.</summary>
    public string? DeviceKind { get; set; }

    /// <summary>The app, or null.</summary>
    public string? App { get; set; }

    /// <summary>The purposes granted, or null for the host's default.</summary>
    public ConsentPurposes? Consent { get; set; }

    /// <summary>The highest age that a title may be rated for, or null.</summary>
    public int? MaxAge { get; set; }

    /// <summary>Whether a child asks.</summary>
    public bool Kids { get; set; }

    /// <summary>Whether each title is to come with the reasons why it stands there.</summary>
    public bool Explain { get; set; }
}
