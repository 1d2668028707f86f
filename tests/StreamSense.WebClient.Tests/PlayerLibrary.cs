using StreamSense.Contracts.Peers;

namespace StreamSense.WebClient.Tests;

/// <summary>The players that the collector listens to.</summary>
internal static class PlayerLibrary
{
    public static readonly string[] Packages = ["hls.js", "dashjs", "shaka-player"];

    public static string PackageOf(string player) => player switch
    {
        "hls" => Packages[0],
        "dash" => Packages[1],
        "shaka" => Packages[2],
        _ => throw new ArgumentOutOfRangeException(nameof(player), player, "hls, dash or shaka"),
    };

    public static void Require(string player) => NpmPeers.Require(PackageOf(player));
}
