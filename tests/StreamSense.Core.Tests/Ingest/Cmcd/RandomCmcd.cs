using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.Core.Tests.Ingest.Cmcd;

/// <summary>Makes CMCD that an encoder writes as it is: rounded, in the shapes of its version, nothing false.</summary>
internal static class RandomCmcd
{
    private static readonly string[] _types = ["m", "a", "v", "av", "i", "c", "tt", "k", "o"];

    public static CmcdData Of(int seed, int version, bool isEvent)
    {
        var random = new Random(seed);
        CmcdData data = [];
        bool Chance() => random.Next(2) == 0;
        CmcdItem Whole(int unit = 1) => CmcdItem.OfNumber((long)random.Next(0, 100_000) * unit);
        CmcdItem Wholes(int unit = 1) => version == 1 ? Whole(unit)
            : CmcdItem.OfList([.. Enumerable.Range(0, random.Next(1, 4)).Select(i =>
                Chance() ? Whole(unit) : Whole(unit).With(_types[i], CmcdItem.OfTruth(true)))]);
        char Letter(int place) => (char)random.Next(0x20, 0x7F);
        CmcdItem Text() => CmcdItem.OfText(new string([.. Enumerable.Range(0, random.Next(1, 12)).Select(Letter)]));
        void Maybe(string key, Func<CmcdItem> value)
        {
            if (Chance())
            {
                data.Set(key, value());
            }
        }

        foreach (string key in new[] { "br", "tb" })
        {
            Maybe(key, () => Wholes());
        }

        foreach (string key in new[] { "bl", "mtp" })
        {
            Maybe(key, () => Wholes(100));
        }

        Maybe("d", () => Whole());
        Maybe("dl", () => Whole(100));
        Maybe("rtp", () => Whole(100));

        // Of the types that have a duration: others go without "d".
        Maybe("ot", () => CmcdItem.OfToken(_types[random.Next(1, 4)]));
        Maybe("su", () => CmcdItem.OfTruth(true));
        Maybe("bs", () => CmcdItem.OfTruth(true));
        Maybe("sid", Text);
        Maybe("cid", Text);
        Maybe("sf", () => CmcdItem.OfToken("h"));
        Maybe("st", () => CmcdItem.OfToken("v"));
        Maybe("pr", () => CmcdItem.OfNumber(random.Next(1001, 4000) / 1000m));
        Maybe("com.example-text", Text);
        Maybe("com.example-token", () => CmcdItem.OfToken("a"));
        if (version == 2)
        {
            data.Set("v", CmcdItem.OfNumber(2));
            Maybe("nor", () => CmcdItem.OfList(Text(), Text().With("r", CmcdItem.OfText("0-99"))));
            Maybe("ec", () => CmcdItem.OfList(Text(), Text()));
            Maybe("bsd", () => Wholes());
            Maybe("sn", () => Whole());
            Maybe("sta", () => CmcdItem.OfToken("p"));
            Maybe("pt", () => Whole());
        }

        if (isEvent)
        {
            data.Set("e", CmcdItem.OfToken("t")).Set("ts", CmcdItem.OfNumber(1764752400000m + random.Next()));
        }

        return data;
    }
}
