namespace StreamSense.Core.Metrics.Cubes;

/// <summary>A dimension, or a combination of up to three, by which a cube keeps cells.</summary>
/// <remarks>Immutable; the order of the dimensions is that of the values in its rows.</remarks>
public sealed class CubeGrouping
{
    /// <summary>How many dimensions can be combined.</summary>
    public const int MaxDimensions = 3;

    private readonly CubeDimension[] _dimensions;

    /// <summary>Declares a grouping with room for 1,000 values.</summary>
    /// <param name="dimensions">One to three different dimensions.</param>
    /// <exception cref="ArgumentException">None, more than three, or one of them twice.</exception>
    public CubeGrouping(params CubeDimension[] dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Length is 0 or > MaxDimensions || dimensions.Distinct().Count() != dimensions.Length)
        {
            throw new ArgumentException("A grouping has one to three different dimensions.", nameof(dimensions));
        }

        foreach (CubeDimension dimension in dimensions)
        {
            if (!Enum.IsDefined(dimension))
            {
                throw new ArgumentException($"{dimension} is no dimension.", nameof(dimensions));
            }
        }

        _dimensions = [.. dimensions];
    }

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<CubeDimension> Dimensions => _dimensions;

    /// <summary>
    /// How many values (or combinations) a window keeps apart; the sessions of further ones go to one cell, <c>other</c>, and are
    /// counted.
    /// </summary>
    /// <value>1,000.</value>
    public int MaxValues { get; init; } = 1_000;

    internal ReadOnlySpan<CubeDimension> Ordered => _dimensions;

    /// <summary>The dimensions, for messages.</summary>
    public override string ToString() => string.Join(" × ", _dimensions);
}
