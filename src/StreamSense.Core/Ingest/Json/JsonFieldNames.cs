using System.Runtime.InteropServices;
using System.Text;

namespace StreamSense.Core.Ingest.Json;

/// <summary>The names of the members, both ways.</summary>
internal static class JsonFieldNames
{
    private const int SlotCount = 512;

    private static readonly byte[][] Utf8 = Spell();
    private static readonly byte[] Slots = Index();

    public static ReadOnlySpan<byte> Utf8NameOf(JsonField field) => Utf8[(int)field];

    public static string NameOf(JsonField field) => Encoding.UTF8.GetString(Utf8[(int)field]);

    /// <summary>Finds the member of a name; <see cref="JsonField.Count"/> if the schema has none.</summary>
    public static JsonField Find(ReadOnlySpan<byte> utf8Name)
    {
        for (int i = Hash(utf8Name) & (SlotCount - 1); Slots[i] != 0; i = (i + 1) & (SlotCount - 1))
        {
            int field = Slots[i] - 1;
            if (utf8Name.SequenceEqual(Utf8[field]))
            {
                return (JsonField)field;
            }
        }

        return JsonField.Count;
    }

    // The set of names is fixed and the table four times its size: a sender cannot make a chain longer than it is.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        if (name.Length >= sizeof(uint))
        {
            uint head = MemoryMarshal.Read<uint>(name);
            uint tail = MemoryMarshal.Read<uint>(name[^sizeof(uint)..]);
            return (int)(((head * 0x9E3779B1u) ^ (tail * 0x85EBCA6Bu) ^ (uint)name.Length) >> 13);
        }

        uint word = (uint)name.Length;
        foreach (byte letter in name)
        {
            word = (word << 8) | letter;
        }

        return (int)((word * 0x9E3779B1u) >> 13);
    }

    private static byte[][] Spell()
    {
        var names = new byte[(int)JsonField.Count][];
        for (int i = 0; i < names.Length; i++)
        {
            string name = ((JsonField)i).ToString();
            names[i] = Encoding.UTF8.GetBytes(char.ToLowerInvariant(name[0]) + name[1..]);
        }

        return names;
    }

    private static byte[] Index()
    {
        var slots = new byte[SlotCount];
        for (int field = 0; field < Utf8.Length; field++)
        {
            int slot = Hash(Utf8[field]) & (SlotCount - 1);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (SlotCount - 1);
            }

            slots[slot] = (byte)(field + 1);
        }

        return slots;
    }
}
