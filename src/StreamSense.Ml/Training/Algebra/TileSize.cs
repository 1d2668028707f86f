namespace StreamSense.Ml.Training.Algebra;

/// <summary>The shape of what a product is added to.</summary>
/// <param name="Rows">How many rows; a multiple of 16.</param>
/// <param name="Columns">How many columns; a multiple of 16.</param>
/// <param name="Distance">How far the rows are apart.</param>
/// <param name="UpperOnly">Whether blocks beneath the diagonal may be left as they are.</param>
internal readonly record struct TileSize(int Rows, int Columns, int Distance, bool UpperOnly = false);
