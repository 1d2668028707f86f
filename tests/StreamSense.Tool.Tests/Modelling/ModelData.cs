using System.Globalization;

namespace StreamSense.Tool.Tests.Modelling;

/// <summary>Made-up data to train on.</summary>
internal static class ModelData
{
    /// <summary>Forty users, half of whom take titles a0 to a9, the others b0 to b9; each eight of them in an order of their own.</summary>
    public static string[] Ratings() =>
    [
        "user,item,rating,timestamp",
        .. Enumerable.Range(0, 40).SelectMany(user => Enumerable.Range(0, 8).Select(
            i => $"u{user},{(user % 2 == 0 ? 'a' : 'b')}{((user / 2) + (i * 3)) % 10},{1 + (i % 5)},{1_700_000_000 + (i * 1000) + user}")),
    ];

    /// <summary>The same as canonical events of plays.</summary>
    public static string[] Plays() =>
    [
        .. Ratings().Skip(1).Select(line => line.Split(',')).Select((cells, i) =>
            $$"""{"kind":"playback_start","time":"{{Time(i)}}","view":"v{{i}}","seq":0,"viewer":"{{cells[0]}}","title":"{{cells[1]}}"}"""),
    ];

    /// <summary>Sixty queries of five rows in svmlight form, of which the first feature tells the order and the second nothing.</summary>
    public static string[] Rows(string label = "grade") =>
    [
        .. Enumerable.Range(0, 300).Select(row =>
        {
            int grade = row * 7 % 5;
            string noise = ((row * 37 % 101) / 101.0).ToString("0.###", CultureInfo.InvariantCulture);
            string value = label is "grade" ? $"{grade}" : grade > 2 ? "1" : "0";
            return $"{value} qid:{row / 5} 1:{grade}.{row % 10} 2:{noise}";
        }),
    ];

    private static string Time(int second) =>
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(second)
            .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
