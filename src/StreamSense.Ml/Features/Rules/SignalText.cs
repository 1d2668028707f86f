namespace StreamSense.Ml.Features.Rules;

/// <summary>A name that a signal carries, for conditions.</summary>
public enum SignalText : byte
{
    /// <summary>The surface on which it was shown.</summary>
    Surface = 0,

    /// <summary>The country.</summary>
    Country = 1,

    /// <summary>The kind of device.</summary>
    DeviceKind = 2,

    /// <summary>The CDN.</summary>
    Cdn = 3,

    /// <summary>The app.</summary>
    App = 4,

    /// <summary>The source.</summary>
    Source = 5,

    /// <summary>The plan of a subscription event.</summary>
    Plan = 6,

    /// <summary>The list that a title was added to or taken from.</summary>
    List = 7,

    /// <summary>What a reaction did.</summary>
    Action = 8,

    /// <summary>The social network.</summary>
    Network = 9,
}
