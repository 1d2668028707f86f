using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest.Cmcd;

public sealed class CmcdRecentIdsTests
{
    [Fact]
    public void TryFind_AnyIds_GivesWhatWasNotedOfThatId()
    {
        var random = new Random(3);
        var ids = new CmcdRecentIds();
        var noted = new Dictionary<string, ulong>();
        int found = 0;
        for (int round = 0; round < 50_000; round++)
        {
            // Ids of all lengths, many of them alike but for one byte in the middle.
            byte[] id = new byte[1 + (random.Next(8) * random.Next(9))];
            id[id.Length / 2] = (byte)random.Next(8);
            string name = Convert.ToHexString(id);
            if (ids.TryFind(id, out ulong value))
            {
                Assert.Equal(noted[name], value);
                found++;
            }

            noted[name] = (ulong)round;
            ids.Note(id, (ulong)round);
            Assert.Equal(id.Length <= 48, ids.TryFind(id, out _));
        }

        Assert.True(found > 1_000);
        ids.Clear();
        Assert.False(ids.TryFind([0], out _));
    }

    [Fact]
    public void DecodeQuery_TitlePushedOut_IsNotedAgain()
    {
        var vocabulary = new Vocabulary(titleCapacity: 1);
        var decoder = new CmcdRequestDecoder(vocabulary, new Pseudonymizer(PseudonymKey.FromSecret("a secret of sixteen bytes or more"u8)));
        StreamEvent e = default;
        foreach (string name in new[] { "film-1", "film-1", "film-2", "film-1" })
        {
            Assert.Equal(RejectReason.None, decoder.DecodeQuery(Encoding.UTF8.GetBytes($"CMCD=cid%3D%22{name}%22"), out e));
            Assert.Equal(name, vocabulary.Titles.NameOf(e.Title));
        }
    }

    [Fact]
    public void DecodeQuery_IdsSeenBefore_GiveTheSamePseudonyms()
    {
        var vocabulary = new Vocabulary();
        var pseudonyms = new Pseudonymizer(PseudonymKey.FromSecret("a secret of sixteen bytes or more"u8));
        var decoder = new CmcdRequestDecoder(vocabulary, pseudonyms);
        for (int i = 0; i < 2_000; i++)
        {
            string sid = new('s', 1 + (i % 60));
            byte[] id = Encoding.UTF8.GetBytes(sid + (i % 7));
            decoder.DecodeQuery(Encoding.UTF8.GetBytes($"CMCD=cid%3D%22{i % 5}%22%2Csid%3D%22{sid}{i % 7}%22"), out StreamEvent e);

            Assert.Equal(pseudonyms.View(id), e.View);
            Assert.Equal(NameTable.IdOf($"{i % 5}"), e.Title);
        }
    }
}
