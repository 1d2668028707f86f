namespace StreamSense.Ml.Models.Serving;

/// <summary>What a look at the registry came to.</summary>
public enum ModelRefreshOutcome
{
    /// <summary>It was too early to look, or another thread was looking.</summary>
    NotDue = 0,

    /// <summary>The version that should serve was dealt with before.</summary>
    Unchanged = 1,

    /// <summary>A new version serves.</summary>
    Published = 2,

    /// <summary>The new version was refused; the one before serves on.</summary>
    Refused = 3,
}
