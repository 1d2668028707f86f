using System.Runtime.InteropServices;

namespace StreamSense.Sinks.Files;

/// <summary>A sealed data file.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KeptFile(EventFileName Name, long Bytes, long Events);
