namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>The dimension values in force in a view.</summary>
internal sealed record OracleDims(string? Title, string? Cdn, string? Country, string? DeviceKind)
{
    internal string? this[string dimension] => dimension switch
    {
        "title" => Title,
        "cdn" => Cdn,
        "country" => Country,
        "deviceKind" => DeviceKind,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
    };
}
