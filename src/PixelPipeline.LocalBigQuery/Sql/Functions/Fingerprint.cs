using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>FARM_FINGERPRINT: Fingerprint64 of <see href="https://github.com/google/farmhash">FarmHash</see>.</summary>
internal static class Fingerprint
{
    private const ulong K0 = 0xc3a5c85c97cb3127;
    private const ulong K1 = 0xb492b66fbe98f273;
    private const ulong K2 = 0x9ae16a3b2f90404f;

    public static void AddTo(FunctionTable table)
    {
        table.Add("FARM_FINGERPRINT", (string s) => (long)Of(Encoding.UTF8.GetBytes(s)));
        table.Add("FARM_FINGERPRINT", (byte[] b) => (long)Of(b));
    }

    private static ulong Of(ReadOnlySpan<byte> s) => s.Length switch
    {
        <= 16 => UpTo16(s),
        <= 32 => UpTo32(s),
        <= 64 => UpTo64(s),
        _ => Long(s),
    };

    private static ulong UpTo16(ReadOnlySpan<byte> s)
    {
        var length = (ulong)s.Length;
        var mul = K2 + (length * 2);
        if (s.Length >= 8)
        {
            var (a, b) = (At(s, 0) + K2, At(s, s.Length - 8));
            return Mix((Rotate(b, 37) * mul) + a, (Rotate(a, 25) + b) * mul, mul);
        }

        if (s.Length >= 4)
        {
            return Mix(length + ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(s) << 3), BinaryPrimitives.ReadUInt32LittleEndian(s[^4..]), mul);
        }

        if (s.Length == 0)
        {
            return K2;
        }

        var y = s[0] + ((uint)s[s.Length >> 1] << 8);
        var z = (uint)s.Length + ((uint)s[^1] << 2);
        return Shift((y * K2) ^ (z * K0)) * K2;
    }

    private static ulong UpTo32(ReadOnlySpan<byte> s)
    {
        var mul = K2 + ((ulong)s.Length * 2);
        var (a, b, c, d) = (At(s, 0) * K1, At(s, 8), At(s, s.Length - 8) * mul, At(s, s.Length - 16) * K2);
        return Mix(Rotate(a + b, 43) + Rotate(c, 30) + d, a + Rotate(b + K2, 18) + c, mul);
    }

    private static ulong UpTo64(ReadOnlySpan<byte> s)
    {
        var mul = K2 + ((ulong)s.Length * 2);
        var (a, b, c, d) = (At(s, 0) * K2, At(s, 8), At(s, s.Length - 8) * mul, At(s, s.Length - 16) * K2);
        var y = Rotate(a + b, 43) + Rotate(c, 30) + d;
        var z = Mix(y, a + Rotate(b + K2, 18) + c, mul);
        var (e, f, g, h) = (At(s, 16) * mul, At(s, 24), (y + At(s, s.Length - 32)) * mul, (z + At(s, s.Length - 24)) * mul);
        return Mix(Rotate(e + f, 43) + Rotate(g, 30) + h, e + Rotate(f + a, 18) + g, mul);
    }

    private static ulong Long(ReadOnlySpan<byte> s)
    {
        const ulong Seed = 81;
        var (x, y) = (unchecked(Seed * K2) + At(s, 0), unchecked((Seed * K1) + 113));
        var z = Shift((y * K2) + 113) * K2;
        (ulong First, ulong Second) v = (0, 0), w = (0, 0);
        var blocks = (s.Length - 1) / 64;
        for (var i = 0; i < blocks; i++)
        {
            (x, y, z, v, w) = Block(s[(i * 64)..], K1, 1, x, y, z, v, w);
        }

        var mul = K1 + ((z & 0xff) << 1);
        w.First += (ulong)((s.Length - 1) & 63);
        v.First += w.First;
        w.First += v.First;
        (x, y, z, v, w) = Block(s[^64..], mul, 9, x, y, z, v, w);
        return Mix(Mix(v.First, w.First, mul) + (Shift(y) * K0) + z, Mix(v.Second, w.Second, mul) + x, mul);
    }

    private static (ulong X, ulong Y, ulong Z, (ulong, ulong) V, (ulong, ulong) W) Block(
        ReadOnlySpan<byte> s, ulong mul, ulong weight, ulong x, ulong y, ulong z, (ulong First, ulong Second) v, (ulong First, ulong Second) w)
    {
        x = Rotate(x + y + v.First + At(s, 8), 37) * mul;
        y = Rotate(y + v.Second + At(s, 48), 42) * mul;
        x ^= w.Second * weight;
        y += (v.First * weight) + At(s, 40);
        z = Rotate(z + w.First, 33) * mul;
        v = Weak(s, v.Second * mul, x + w.First);
        w = Weak(s[32..], z + w.Second, y + At(s, 16));
        return (z, y, x, v, w);
    }

    private static (ulong First, ulong Second) Weak(ReadOnlySpan<byte> s, ulong a, ulong b)
    {
        a += At(s, 0);
        b = Rotate(b + a + At(s, 24), 21);
        var c = a;
        a += At(s, 8) + At(s, 16);
        b += Rotate(a, 44);
        return (a + At(s, 24), b + c);
    }

    private static ulong Mix(ulong u, ulong v, ulong mul)
    {
        var a = Shift((u ^ v) * mul);
        return Shift((v ^ a) * mul) * mul;
    }

    private static ulong Shift(ulong value) => value ^ (value >> 47);

    private static ulong Rotate(ulong value, int by) => BitOperations.RotateRight(value, by);

    private static ulong At(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt64LittleEndian(s[at..]);
}
