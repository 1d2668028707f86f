namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>What a record of a decision log is.</summary>
internal enum DecisionFrameKind : byte
{
    /// <summary>The first record of a file: its number (i64) and when it was begun (i64 microseconds).</summary>
    File = 1,

    /// <summary>A feature layout: hash (u64), count (i32), of each feature scope (u8), revision (i32), name (u16 length, UTF-8).</summary>
    Layout = 2,

    /// <summary>A model: its number in the file (i32), then what <see cref="RankingCodec"/> writes of one.</summary>
    Model = 3,

    /// <summary>A name of a dimension: which table (u8), which symbol (u16), the text (UTF-8).</summary>
    Name = 4,

    /// <summary>A ranking: the number of its model (i32), then what <see cref="RankingCodec"/> writes behind one.</summary>
    Ranking = 5,
}
