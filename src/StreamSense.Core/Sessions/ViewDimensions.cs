using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>What the numbers of a view are grouped by, as it was when something happened.</summary>
/// <param name="Title">The title: the first one that the view named.</param>
/// <param name="Cdn">The CDN in force.</param>
/// <param name="Country">The country.</param>
/// <param name="DeviceKind">The kind of device.</param>
internal readonly record struct ViewDimensions(TitleId Title, Symbol Cdn, Symbol Country, Symbol DeviceKind);
