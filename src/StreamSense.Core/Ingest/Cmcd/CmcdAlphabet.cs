using System.Runtime.Intrinsics;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Which bytes are signs: those whose upper and lower half have a bit in common in two tables.</summary>
/// <param name="rows">By the upper half of a byte: a bit for each row of ASCII with signs, one for rows of nothing else.</param>
/// <param name="columns">By the lower half: the rows in which it is a sign.</param>
internal readonly struct CmcdAlphabet(Vector128<byte> rows, Vector128<byte> columns)
{
    // 1: all of the row. 2: row 2. 4: row 3. 8: row 5. 16: row 7.
    private static readonly Vector128<byte> _rows = Vector128.Create((byte)1, 1, 2, 4, 0, 8, 0, 16, 1, 1, 1, 1, 1, 1, 1, 1);

    public Vector128<byte> Rows { get; } = rows;

    public Vector128<byte> Columns { get; } = columns;

    /// <summary>The signs <c>" ( ) , = \</c>, and whatever is no printable letter of ASCII.</summary>
    public static CmcdAlphabet Plain => new(_rows, Vector128.Create((byte)1, 1, 3, 1, 1, 1, 1, 1, 3, 3, 1, 1, 11, 5, 1, 17));

    /// <summary>The same, and <c># % &amp; +</c>, which mean something in a query.</summary>
    public static CmcdAlphabet Query => new(_rows, Vector128.Create((byte)1, 1, 3, 3, 1, 3, 3, 1, 3, 3, 1, 3, 11, 5, 1, 17));

    /// <summary>The signs <c>%</c> and <c>+</c> alone.</summary>
    public static CmcdAlphabet Escapes => new(_rows, Vector128.Create((byte)0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0));
}
