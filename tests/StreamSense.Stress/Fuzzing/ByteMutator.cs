namespace StreamSense.Stress.Fuzzing;

/// <summary>Changes bytes without knowing what they mean.</summary>
internal static class ByteMutator
{
    private static readonly byte[] _letters =
    [
        0, 1, 0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xc4, 0xc7, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xed, 0xf4, 0xf5, 0xff,
        .. "\t\n\r \"#%&'()*+,-./0159:;<=>?[\\]^_{|}e"u8,
    ];

    /// <summary>Changes an input a few times.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="bytes">The input.</param>
    /// <param name="other">Another one, for parts of it.</param>
    /// <param name="limit">The longest result.</param>
    public static byte[] Mutate(FuzzRandom random, byte[] bytes, byte[] other, int limit)
    {
        var changed = new List<byte>(bytes);
        for (int i = random.Below(1 << random.Below(5)); i >= 0; i--)
        {
            Change(random, changed, other);
            if (changed.Count > limit)
            {
                changed.RemoveRange(limit, changed.Count - limit);
            }
        }

        return [.. changed];
    }

    private static void Change(FuzzRandom random, List<byte> bytes, byte[] other)
    {
        int at = random.Below(bytes.Count);
        int most = bytes.Count - at;
        switch (bytes.Count == 0 ? 4 : random.Below(10))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Below(8));
                break;
            case 1:
                bytes[at] = random.Pick(_letters);
                break;
            case 2:
                bytes[at] = (byte)random.Next();
                break;
            case 3:
                bytes.RemoveRange(at, random.Length(most));
                break;
            case 4:
                bytes.Insert(at, random.Pick(_letters));
                break;
            case 5:
                bytes.InsertRange(random.Below(bytes.Count), bytes.GetRange(at, random.Length(Math.Min(most, 256))));
                break;
            case 6:
                Splice(random, bytes, other);
                break;
            case 7 when random.Once(3):
                bytes.RemoveRange(at, most);
                break;
            case 8:
                bytes.InsertRange(at, Enumerable.Repeat(random.Pick(_letters), random.Length(random.Once(20) ? 20_000 : 100)));
                break;
            default:
                bytes[at] = (byte)(bytes[at] + (random.Once(2) ? 1 : -1));
                break;
        }
    }

    private static void Splice(FuzzRandom random, List<byte> bytes, byte[] other)
    {
        int from = random.Below(other.Length);
        int length = random.Length(other.Length - from);
        bytes.InsertRange(random.Below(bytes.Count + 1), other.AsSpan(from, length).ToArray());
    }
}
