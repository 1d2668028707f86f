namespace StreamSense.Core.Windows;

/// <summary>Takes the results of windows.</summary>
/// <typeparam name="TResult">What is told of a window.</typeparam>
public interface IWindowConsumer<TResult>
{
    /// <summary>A window is complete, or comes amended.</summary>
    /// <param name="result">The result; one with a higher version replaces the earlier one of the same window.</param>
    void OnResult(in WindowResult<TResult> result);
}
