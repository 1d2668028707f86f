using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>A player: a producer of events on a device.</summary>
internal readonly record struct PlayerKey(DeviceId Device, Symbol Source);
