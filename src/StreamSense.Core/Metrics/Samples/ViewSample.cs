using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Samples;

/// <summary>A view that stands for others like it.</summary>
/// <param name="View">The view's pseudonym: what <c>streamsense view</c> and <c>ViewInspector</c> take.</param>
/// <param name="Title">The title it played.</param>
/// <param name="Microseconds">The figure of the condition.</param>
public readonly record struct ViewSample(ViewId View, TitleId Title, long Microseconds);
