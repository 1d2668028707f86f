namespace StreamSense.Core.Events;

/// <summary>Whose fault an error is.</summary>
public enum ErrorCategory : byte
{
    /// <summary>Not given; counts as technical.</summary>
    None = 0,

    /// <summary>Player, network or service.</summary>
    Technical = 1,

    /// <summary>Entitlement, rights, concurrency limit: playback was refused on purpose.</summary>
    Business = 2,
}
