using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Remembers the ids of the last contexts.</summary>
/// <remarks>One thread at a time. A context that had to lose dimensions is not remembered: the table counts each such event.</remarks>
internal sealed class ContextCache(ContextTable table)
{
    private const int Size = 64;

    private readonly EventContext[] _contexts = new EventContext[Size];
    private readonly ContextId[] _ids = new ContextId[Size];

    public ContextId Intern(in EventContext context)
    {
        int place = PlaceOf(context);
        if (IsSame(_contexts[place], context) && _ids[place] != default)
        {
            return _ids[place];
        }

        ContextId id = table.Intern(context);
        if (table[id] == context)
        {
            _contexts[place] = context;
            _ids[place] = id;
        }

        return id;
    }

    // 16 bytes without padding between them: seven symbols, consent, version.
    private static bool IsSame(in EventContext left, in EventContext right) =>
        Unsafe.As<EventContext, Vector128<byte>>(ref Unsafe.AsRef(in left))
            == Unsafe.As<EventContext, Vector128<byte>>(ref Unsafe.AsRef(in right));

    private static int PlaceOf(in EventContext context)
    {
        ref byte bytes = ref Unsafe.As<EventContext, byte>(ref Unsafe.AsRef(in context));
        ulong low = Unsafe.ReadUnaligned<ulong>(ref bytes);
        ulong high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, sizeof(ulong)));
        return (int)(((low * 0x9E3779B97F4A7C15UL) ^ (high * 0xC2B2AE3D27D4EB4FUL)) >> 58);
    }
}
