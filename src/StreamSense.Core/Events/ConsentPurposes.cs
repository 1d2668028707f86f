namespace StreamSense.Core.Events;

/// <summary>What the data of an event may be used for.</summary>
[Flags]
public enum ConsentPurposes : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Measuring quality and audience.</summary>
    Measurement = 1,

    /// <summary>Choosing what is shown to this viewer.</summary>
    Personalisation = 2,

    /// <summary>Passing on to third parties.</summary>
    Sharing = 4,

    /// <summary>Joining with social networks.</summary>
    Social = 8,

    /// <summary>Every purpose.</summary>
    All = 15,
}
