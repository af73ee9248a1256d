using System.Text;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// UPPER and LOWER with the characters that become several, or another one at the end of a word
/// (https://www.unicode.org/Public/UCD/latest/ucd/SpecialCasing.txt), which .NET leaves as they are.
/// </summary>
internal static class CaseMapping
{
    private const string Special =
        "ß=SS ŉ=ʼN ǰ=J\u030C ΐ=Ι\u0308\u0301 ΰ=Υ\u0308\u0301 և=ԵՒ ẖ=H\u0331 ẗ=T\u0308 ẘ=W\u030A ẙ=Y\u030A ẚ=Aʾ ſ=S ı=I \u0345=Ι " +
        "ﬀ=FF ﬁ=FI ﬂ=FL ﬃ=FFI ﬄ=FFL ﬅ=ST ﬆ=ST ﬓ=ՄՆ ﬔ=ՄԵ ﬕ=ՄԻ ﬖ=ՎՆ ﬗ=ՄԽ " +
        "ὐ=Υ\u0313 ὒ=Υ\u0313\u0300 ὔ=Υ\u0313\u0301 ὖ=Υ\u0313\u0342 ᾶ=Α\u0342 ῆ=Η\u0342 ῒ=Ι\u0308\u0300 \u1FD3=Ι\u0308\u0301 ῖ=Ι\u0342 ῗ=Ι\u0308\u0342 " +
        "ῢ=Υ\u0308\u0300 \u1FE3=Υ\u0308\u0301 ῤ=Ρ\u0313 ῦ=Υ\u0342 ῧ=Υ\u0308\u0342 ῶ=Ω\u0342 ᾳ=ΑΙ ᾼ=ΑΙ ῃ=ΗΙ ῌ=ΗΙ ῳ=ΩΙ ῼ=ΩΙ " +
        "ᾲ=\u1FBAΙ ᾴ=\u0386Ι ῂ=\u1FCAΙ ῄ=\u0389Ι ῲ=\u1FFAΙ ῴ=\u038FΙ ᾷ=Α\u0342Ι ῇ=Η\u0342Ι ῷ=Ω\u0342Ι";

    private static readonly Dictionary<Rune, string> Uppers = Special.Split(' ').ToDictionary(pair => pair.EnumerateRunes().First(), pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);

    public static string Upper(string text)
    {
        var upper = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            upper.Append(Uppers.GetValueOrDefault(rune) ?? WithIota(rune.Value) ?? Rune.ToUpperInvariant(rune).ToString());
        }

        return upper.ToString();
    }

    public static string Lower(string text)
    {
        if (!text.AsSpan().ContainsAny('İ', 'Σ'))
        {
            return text.ToLowerInvariant();
        }

        var lower = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            lower.Append(text[i] switch
            {
                'İ' => "i\u0307",
                'Σ' => i > 0 && char.IsLetter(text[i - 1]) && !(i + 1 < text.Length && char.IsLetter(text[i + 1])) ? "ς" : "σ",
                var other => other.ToString(),
            });
        }

        return lower.ToString().ToLowerInvariant();
    }

    // ᾀ to ᾯ: the capital with the iota that stood below it.
    private static string? WithIota(int code) => code is >= 0x1F80 and <= 0x1FAF
        ? char.ConvertFromUtf32((code < 0x1F90 ? 0x1F08 : code < 0x1FA0 ? 0x1F28 : 0x1F68) + (code & 7)) + "Ι"
        : null;
}
