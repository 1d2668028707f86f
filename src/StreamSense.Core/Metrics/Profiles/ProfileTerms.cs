using System.Text.Json;

namespace StreamSense.Core.Metrics.Profiles;

/// <summary>Names and units of the terms; how many of the stored integers make one unit.</summary>
internal static class ProfileTerms
{
    /// <summary>How many terms there are.</summary>
    public const int Count = (int)ProfileTerm.SmoothnessPoints + 1;

    private const double MicrosecondsPerSecond = 1e6;
    private const double MillionthsOfMicrosecondsPerSecond = 1e12;
    private const double BillionthsPerPoint = 1e9;

    private static readonly string[] Names = MakeNames();

    public static string NameOf(ProfileTerm term) => Names[(int)term];

    public static ProfileTermUnit UnitOf(ProfileTerm term) => term switch
    {
        < ProfileTerm.StartingOfPlays => ProfileTermUnit.Count,
        ProfileTerm.BitrateTime => ProfileTermUnit.Kilobits,
        ProfileTerm.StartupPoints or ProfileTerm.SmoothnessPoints => ProfileTermUnit.Points,
        _ => ProfileTermUnit.Seconds,
    };

    /// <summary>A stored sum in its unit.</summary>
    public static double InUnit(ProfileTerm term, Int128 sum) => (double)sum / UnitsOf(term);

    private static double UnitsOf(ProfileTerm term) => term switch
    {
        < ProfileTerm.StartingOfPlays => 1,
        ProfileTerm.MediaTime or ProfileTerm.BitrateTime => MillionthsOfMicrosecondsPerSecond,
        ProfileTerm.StartupPoints or ProfileTerm.SmoothnessPoints => BillionthsPerPoint,
        _ => MicrosecondsPerSecond,
    };

    private static string[] MakeNames()
    {
        string[] names = new string[Count];
        for (int term = 0; term < Count; term++)
        {
            names[term] = JsonNamingPolicy.CamelCase.ConvertName(((ProfileTerm)term).ToString());
        }

        return names;
    }
}
