using System.Globalization;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>What FORMAT does with one value: <c>%[flags][width][.precision]specifier</c>. See <see cref="Analysis.FormatBinder"/>.</summary>
internal static class FormatFunctions
{
    private const int MaxWidth = 10_000;

    public static void AddTo(FunctionTable table)
    {
        table.Add("FORMAT VALUE", (string spec, long n) => Integer(new Spec(spec), n));
        table.Add("FORMAT VALUE", (string spec, double d) => Float(new Spec(spec), d));
        table.Add("FORMAT VALUE", (string spec, string s) => Text(new Spec(spec), s));
    }

    private static string Integer(Spec spec, long number)
    {
        var negative = number < 0;
        var digits = spec.Specifier switch
        {
            'x' => number.ToString("x", CultureInfo.InvariantCulture),
            'X' => number.ToString("X", CultureInfo.InvariantCulture),
            'o' => Convert.ToString(number, 8),
            _ => Int128.Abs(number).ToString(spec.Groups ? "N0" : "D", CultureInfo.InvariantCulture),
        };
        digits = spec.Precision is { } least ? digits.PadLeft(Math.Min(least, MaxWidth), '0') : digits;
        return spec.Padded(spec.Sign(negative && spec.Specifier is 'd' or 'i'), digits, spec.Precision is null);
    }

    private static string Float(Spec spec, double number)
    {
        if (!double.IsFinite(number))
        {
            return spec.Padded(spec.Sign(double.IsNegative(number) && !double.IsNaN(number)), double.IsNaN(number) ? "nan" : "inf", zeros: false);
        }

        var precision = Math.Min(spec.Precision ?? 6, 300);
        var size = Math.Abs(number);
        var digits = char.ToLowerInvariant(spec.Specifier) switch
        {
            'e' => Exponent(size.ToString($"E{precision}", CultureInfo.InvariantCulture)),
            'g' => General(size, Math.Max(precision, 1)),
            _ => size.ToString($"{(spec.Groups ? 'N' : 'F')}{precision}", CultureInfo.InvariantCulture),
        };
        return spec.Padded(spec.Sign(double.IsNegative(number)), char.IsUpper(spec.Specifier) ? digits.ToUpperInvariant() : digits, zeros: true);
    }

    private static string Text(Spec spec, string text)
    {
        var runes = text.EnumerateRunes().ToList();
        var cut = spec.Precision is { } most && most < runes.Count ? string.Concat(runes.Take(most)) : text;
        return spec.Padded("", cut, zeros: false);
    }

    private static string General(double size, int precision)
    {
        var exponent = size == 0 ? 0 : int.Parse(size.ToString($"E{precision - 1}", CultureInfo.InvariantCulture).Split('E')[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var text = exponent < -4 || exponent >= precision
            ? Exponent(size.ToString($"E{precision - 1}", CultureInfo.InvariantCulture))
            : size.ToString($"F{precision - 1 - exponent}", CultureInfo.InvariantCulture);
        var (mantissa, rest) = text.IndexOf('e', StringComparison.Ordinal) is >= 0 and var e ? (text[..e], text[e..]) : (text, "");
        return (mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.TrimEnd('0').TrimEnd('.') : mantissa) + rest;
    }

    // 1.5E+003 is 1.5e+03.
    private static string Exponent(string text)
    {
        var parts = text.Split('E');
        return $"{parts[0]}e{parts[1][0]}{parts[1][1..].TrimStart('0').PadLeft(2, '0')}";
    }

    /// <summary>One element of the format, without its percent sign.</summary>
    private sealed class Spec
    {
        private readonly string _flags;
        private readonly int _width;

        public Spec(string text)
        {
            var at = 0;
            while (at < text.Length && text[at] is '-' or '+' or ' ' or '#' or '0' or '\'')
            {
                at++;
            }

            (_flags, Specifier) = (text[..at], text[^1]);
            var numbers = text[at..^1].Split('.');
            _width = numbers[0].Length == 0 ? 0 : Math.Min(int.Parse(numbers[0], CultureInfo.InvariantCulture), MaxWidth);
            Precision = numbers.Length == 1 ? null : numbers[1].Length == 0 ? 0 : Math.Min(int.Parse(numbers[1], CultureInfo.InvariantCulture), MaxWidth);
        }

        public char Specifier { get; }

        public int? Precision { get; }

        public bool Groups => _flags.Contains('\'', StringComparison.Ordinal);

        public string Sign(bool negative) => negative ? "-" : _flags.Contains('+', StringComparison.Ordinal) ? "+" : _flags.Contains(' ', StringComparison.Ordinal) ? " " : "";

        public string Padded(string sign, string text, bool zeros)
        {
            var missing = _width - sign.Length - text.EnumerateRunes().Count();
            return missing <= 0 ? sign + text
                : _flags.Contains('-', StringComparison.Ordinal) ? sign + text + new string(' ', missing)
                : zeros && _flags.Contains('0', StringComparison.Ordinal) ? sign + new string('0', missing) + text
                : new string(' ', missing) + sign + text;
        }
    }
}
