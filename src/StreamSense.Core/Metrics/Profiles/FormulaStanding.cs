namespace StreamSense.Core.Metrics.Profiles;

/// <summary>How well it is known that a product counts so.</summary>
public enum FormulaStanding
{
    /// <summary>It is published, as a specification, a page or source code.</summary>
    Published,

    /// <summary>It is said of the product, and its own definition is not public.</summary>
    Unconfirmed,
}
