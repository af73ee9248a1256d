using System.Security.Cryptography;
using System.Text;

namespace PixelPipeline.Soak.Oracle;

/// <summary>A user id and how it must stand in a table name, written down by hand rather than by the product.</summary>
/// <param name="Id">The user id.</param>
/// <param name="TablePart">Its spelling in a table suffix.</param>
internal sealed record SoakUser(string Id, string TablePart)
{
    private const int PlainUsers = 30;

    private static readonly string LongId = new('u', 300);

    private static readonly SoakUser[] Hostile =
    [
        new("a b", "a_20b"),
        new("x_y", "x_5Fy"),
        new("x", "x"),
        new("X", "X"),
        new("ü", "_C3_BC"),
        new("../../etc", "_2E_2E_2F_2E_2E_2Fetc"),
        new("_overflow", "_5Foverflow"),
        new("'; DROP TABLE pixel; --", "_27_3B_20DROP_20TABLE_20pixel_3B_20_2D_2D"),
        new("<b>`${1}", "_3Cb_3E_60_24_7B1_7D"),
        new(LongId, LongId[..166] + "__" + Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(LongId)))[..32]),
    ];

    /// <summary>One of all users: half of the events are one user's, and a few are of users with hostile ids.</summary>
    public static SoakUser Pick(ref Dice dice)
    {
        if (dice.Chance(400))
        {
            return Hostile[dice.Next(Hostile.Length)];
        }

        var number = dice.Chance(5_000) ? 0 : dice.Next(PlainUsers);
        var id = $"507f1f77bcf86cd7994390{number:00}";
        return new SoakUser(id, id);
    }
}
