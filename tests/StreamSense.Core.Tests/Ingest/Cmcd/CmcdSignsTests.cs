using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.Core.Tests.Ingest.Cmcd;

public sealed class CmcdSignsTests
{
    [Fact]
    public void Find_EveryByte_IsASignIfTheAlphabetSaysSo()
    {
        byte[] text = [.. Enumerable.Range(0, 256).Select(letter => (byte)letter)];
        Assert.Equal(Signs(text, "\"(),=\\", beyond: true), Places(text, CmcdAlphabet.Plain));
        Assert.Equal(Signs(text, "\"#%&()+,=\\", beyond: true), Places(text, CmcdAlphabet.Query));
        Assert.Equal(Signs(text, "%+", beyond: false), Places(text, CmcdAlphabet.Escapes));
    }

    [Fact]
    public void Find_TextsOfAnyLength_AreTheSameByAnyVectors()
    {
        var random = new Random(11);
        for (int length = 0; length < 400; length++)
        {
            byte[] text = new byte[length];
            for (int i = 0; i < length; i++)
            {
                text[i] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"%2C=ab1\""[random.Next(8)];
            }

            ushort[] expected = Signs(text, "\"#%&()+,=\\", beyond: true);
            Assert.Equal(expected, Places(text, CmcdAlphabet.Query));
            Assert.Equal(expected, Places(text, new CmcdSigns.By16(CmcdAlphabet.Query)));
            if (Avx2.IsSupported)
            {
                Assert.Equal(expected, Places(text, new CmcdSigns.By32(CmcdAlphabet.Query)));
            }

            if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported)
            {
                Assert.Equal(expected, Places(text, new CmcdSigns.By64(CmcdAlphabet.Query)));
            }
        }
    }

    private static ushort[] Signs(byte[] text, string signs, bool beyond)
    {
        bool IsSign(byte letter) => signs.Contains((char)letter) || (beyond && letter is < 0x20 or >= 0x7F);
        return [.. Enumerable.Range(0, text.Length).Where(i => IsSign(text[i])).Select(i => (ushort)i)];
    }

    private static ushort[] Places(byte[] text, CmcdAlphabet alphabet)
    {
        ushort[] places = new ushort[CmcdSigns.Capacity];
        CmcdSigns.Find(ref Padded(text)[0], text.Length, places, alphabet);
        return UpTo(places, text.Length);
    }

    private static ushort[] Places<TVectors>(byte[] text, TVectors vectors)
        where TVectors : struct, CmcdSigns.IVectors
    {
        ushort[] places = new ushort[CmcdSigns.Capacity];
        CmcdSigns.Find(vectors, ref Padded(text)[0], text.Length, places);
        return UpTo(places, text.Length);
    }

    // Signs beyond the text are to be passed over.
    private static byte[] Padded(byte[] text) => [.. text, .. Enumerable.Repeat((byte)'%', CmcdSigns.Slack)];

    private static ushort[] UpTo(ushort[] places, int length) => places[..Array.IndexOf(places, (ushort)length)];
}
