using System.Text.Json;
using System.Text.Json.Serialization;

namespace StreamSense.Benchmarks.Ingest;

/// <summary>The generated reader of <see cref="HeartbeatRecord"/>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HeartbeatRecord))]
public sealed partial class HeartbeatContext : JsonSerializerContext;
