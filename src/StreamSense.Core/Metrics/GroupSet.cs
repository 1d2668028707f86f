namespace StreamSense.Core.Metrics;

/// <summary>The numbers of the groups that a view belongs to, beside the whole, which is 0.</summary>
internal readonly record struct GroupSet(int Title, int Cdn, int Country, int DeviceKind);
