using System.Collections.Frozen;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>The keys of CMCD, versions 1 and 2, and what is said of each.</summary>
internal static class CmcdRules
{
    public const string ObjectTypes = " m a v av i c tt k o ";
    private const string Formats = " d h e s o ";
    private const string Streams = " v l ll ";
    private const string States = " s p k r a w e f q d ";
    private const string EventNames = " ps e t rr pr b bc c h m um pe pc as ae abs abe sk ce cdn ";

    private static readonly FrozenDictionary<string, CmcdRule> _rules = All().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The rule of a key; null if the standard has no such key.</summary>
    public static CmcdRule? Find(string key) => _rules.GetValueOrDefault(key);

    private static Dictionary<string, CmcdRule> All()
    {
        var rules = new Dictionary<string, CmcdRule>(StringComparer.Ordinal);
        void Add(string keys, CmcdShape shape, CmcdHeader header, CmcdScope scope, bool hundreds = false, int most = 0, string tokens = "")
        {
            foreach (string key in keys.Split(' '))
            {
                rules.Add(key, new CmcdRule(shape, header, scope, hundreds, most, tokens));
            }
        }

        Add("br tb", CmcdShape.Wholes, CmcdHeader.Object, CmcdScope.All);
        Add("ab lab lb tab tpb", CmcdShape.Wholes, CmcdHeader.Object, CmcdScope.Second);
        Add("d", CmcdShape.Whole, CmcdHeader.Object, CmcdScope.All);
        Add("ot", CmcdShape.Token, CmcdHeader.Object, CmcdScope.All, tokens: ObjectTypes);

        Add("bl mtp", CmcdShape.Wholes, CmcdHeader.Request, CmcdScope.All, hundreds: true);
        Add("tbl", CmcdShape.Wholes, CmcdHeader.Request, CmcdScope.Second, hundreds: true);
        Add("pb", CmcdShape.Wholes, CmcdHeader.Request, CmcdScope.Second);
        Add("dl", CmcdShape.Whole, CmcdHeader.Request, CmcdScope.All, hundreds: true);
        Add("dfa ltc pt sn", CmcdShape.Whole, CmcdHeader.Request, CmcdScope.Second);
        Add("nor", CmcdShape.Paths, CmcdHeader.Request, CmcdScope.All);
        Add("nrr", CmcdShape.Text, CmcdHeader.Request, CmcdScope.First);
        Add("cs", CmcdShape.Text, CmcdHeader.Request, CmcdScope.Second);
        Add("su", CmcdShape.Truth, CmcdHeader.Request, CmcdScope.All);
        Add("sta", CmcdShape.Token, CmcdHeader.Request, CmcdScope.Second, tokens: States);

        Add("cid", CmcdShape.Text, CmcdHeader.Session, CmcdScope.All, most: 128);
        Add("sid", CmcdShape.Text, CmcdHeader.Session, CmcdScope.All, most: 64);
        Add("sf", CmcdShape.Token, CmcdHeader.Session, CmcdScope.All, tokens: Formats);
        Add("st", CmcdShape.Token, CmcdHeader.Session, CmcdScope.All, tokens: Streams);
        Add("v", CmcdShape.Whole, CmcdHeader.Session, CmcdScope.All);
        Add("msd", CmcdShape.Whole, CmcdHeader.Session, CmcdScope.Second);

        Add("bs", CmcdShape.Truth, CmcdHeader.Status, CmcdScope.All);
        Add("bg nr", CmcdShape.Truth, CmcdHeader.Status, CmcdScope.Second);
        Add("bsa bsd bsda", CmcdShape.Wholes, CmcdHeader.Status, CmcdScope.Second);
        Add("cdn", CmcdShape.Text, CmcdHeader.Status, CmcdScope.Second, most: 128);
        Add("ec", CmcdShape.Texts, CmcdHeader.Status, CmcdScope.Second);
        Add("pr", CmcdShape.Fraction, CmcdHeader.Status, CmcdScope.All);
        Add("rtp", CmcdShape.Whole, CmcdHeader.Status, CmcdScope.All, hundreds: true);

        Add("cen", CmcdShape.Text, CmcdHeader.Status, CmcdScope.Event, most: 64);
        Add("h", CmcdShape.Text, CmcdHeader.Status, CmcdScope.Event, most: 128);
        Add("cmsdd cmsds smrt url", CmcdShape.Text, CmcdHeader.Status, CmcdScope.Event);
        Add("rc ts ttfb ttfbb ttlb", CmcdShape.Whole, CmcdHeader.Status, CmcdScope.Event);
        Add("e", CmcdShape.Token, CmcdHeader.Status, CmcdScope.Event, tokens: EventNames);
        return rules;
    }
}
