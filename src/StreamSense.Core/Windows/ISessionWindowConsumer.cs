namespace StreamSense.Core.Windows;

/// <summary>Takes the results of session windows.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TResult">What is told of a window.</typeparam>
public interface ISessionWindowConsumer<TKey, TResult>
{
    /// <summary>A window is complete, or comes amended.</summary>
    /// <param name="result">The result; one with a higher version replaces the earlier one of the same id.</param>
    void OnResult(in SessionWindowResult<TKey, TResult> result);

    /// <summary>A window that was told is void: a late input has joined it to another one, which is told under a new id.</summary>
    /// <param name="result">Exactly what was told last.</param>
    void OnRetraction(in SessionWindowResult<TKey, TResult> result);
}
