using System.Text.Json.Serialization;

namespace StreamSense.Throughput.Pipeline;

/// <summary>How a <see cref="PlayerEvent"/> is read: by generated code, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlayerEvent))]
internal sealed partial class PlayerEventContext : JsonSerializerContext;
