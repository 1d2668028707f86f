namespace StreamSense.Core.Buffering;

/// <summary>What is done to the row of each key of a batch.</summary>
/// <remarks>Implement it as a struct: the table's loop is compiled for it, and the call costs nothing.</remarks>
/// <typeparam name="TRow">The row.</typeparam>
public interface IRowUpdate<TRow>
    where TRow : unmanaged
{
    /// <summary>Changes the row of one key.</summary>
    /// <param name="row">The row, all zero if its key is new; must not be used after the call.</param>
    /// <param name="position">The place of the key in the batch.</param>
    void Apply(ref TRow row, int position);
}
