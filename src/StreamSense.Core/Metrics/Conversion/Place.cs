using System.Globalization;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Conversion;

/// <summary>Where something was shown: the surface, and rows and positions in buckets that double.</summary>
/// <param name="Surface">The surface, in <see cref="Vocabulary.Surfaces"/>.</param>
/// <param name="Rows">The bucket of the row; 0 where it is unknown.</param>
/// <param name="Positions">The bucket of the position in the row; 0 where it is unknown.</param>
internal readonly record struct Place(Symbol Surface, byte Rows, byte Positions)
{
    private const int LastBucket = 7;

    /// <summary>What could not be counted apart.</summary>
    public static Place Other => new(Symbol.Other, 0, 0);

    public static Place Of(Symbol surface, int row, int position) => new(surface, BucketOf(row), BucketOf(position));

    /// <summary>The rows or positions of a bucket: <c>0</c>, <c>1</c>, <c>2-3</c> … <c>32+</c>; null where they are unknown.</summary>
    public static string? NameOf(byte bucket) => bucket switch
    {
        0 => null,
        1 => "0",
        2 => "1",
        LastBucket => string.Create(CultureInfo.InvariantCulture, $"{FirstOf(bucket)}+"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{FirstOf(bucket)}-{(2 * FirstOf(bucket)) - 1}"),
    };

    private static int FirstOf(byte bucket) => 1 << (bucket - 2);

    private static byte BucketOf(int number) => number switch
    {
        < 0 => 0,
        0 => 1,
        _ => (byte)Math.Min(LastBucket, int.Log2(number) + 2),
    };
}
