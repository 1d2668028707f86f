namespace StreamSense.Core.Tests.Windows;

internal readonly record struct SumState(long Count, long Sum, long Greatest);
