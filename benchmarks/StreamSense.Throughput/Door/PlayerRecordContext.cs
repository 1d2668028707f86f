using System.Text.Json.Serialization;

namespace StreamSense.Throughput.Door;

/// <summary>How a <see cref="PlayerRecord"/> is read: by generated code, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlayerRecord))]
internal sealed partial class PlayerRecordContext : JsonSerializerContext;
