using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Google.Cloud.BigQuery.V2;

/// <summary>
/// A NUMERIC: up to 29 digits before the point and 9 behind it
/// (https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types).
/// </summary>
public readonly partial struct BigQueryNumeric : IEquatable<BigQueryNumeric>, IComparable<BigQueryNumeric>
{
    private static readonly BigInteger Unit = BigInteger.Pow(10, 9);
    private static readonly BigInteger Limit = BigInteger.Pow(10, 38);

    private readonly BigInteger _billionths;

    private BigQueryNumeric(BigInteger billionths) => _billionths = billionths;

    public static BigQueryNumeric Zero => default;

    /// <exception cref="FormatException">The text is no number, or one outside of the bounds.</exception>
    public static BigQueryNumeric Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var value) ? value : throw new FormatException("The text is no NUMERIC.");
    }

    public static bool TryParse(string text, out BigQueryNumeric value)
    {
        value = default;
        var match = Digits().Match(text ?? "");
        if (!match.Success)
        {
            return false;
        }

        var whole = match.Groups[2].Value + match.Groups[3].Value.PadRight(9, '0');
        var billionths = BigInteger.Parse("0" + whole, CultureInfo.InvariantCulture);
        value = new BigQueryNumeric(match.Groups[1].Value == "-" ? -billionths : billionths);
        return billionths < Limit;
    }

    public static bool operator ==(BigQueryNumeric left, BigQueryNumeric right) => left.Equals(right);

    public static bool operator !=(BigQueryNumeric left, BigQueryNumeric right) => !left.Equals(right);

    public static bool operator <(BigQueryNumeric left, BigQueryNumeric right) => left.CompareTo(right) < 0;

    public static bool operator >(BigQueryNumeric left, BigQueryNumeric right) => left.CompareTo(right) > 0;

    public static bool operator <=(BigQueryNumeric left, BigQueryNumeric right) => left.CompareTo(right) <= 0;

    public static bool operator >=(BigQueryNumeric left, BigQueryNumeric right) => left.CompareTo(right) >= 0;

    public bool Equals(BigQueryNumeric other) => _billionths == other._billionths;

    public override bool Equals(object obj) => obj is BigQueryNumeric other && Equals(other);

    public override int GetHashCode() => _billionths.GetHashCode();

    public int CompareTo(BigQueryNumeric other) => _billionths.CompareTo(other._billionths);

    /// <summary>The shortest form: <c>12.5</c>, <c>-3</c>.</summary>
    public override string ToString()
    {
        var whole = BigInteger.DivRem(BigInteger.Abs(_billionths), Unit, out var fraction);
        var sign = _billionths.Sign < 0 ? "-" : "";
        var digits = fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return digits.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}")
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}.{digits}");
    }

    [GeneratedRegex(@"^([+-]?)(?=\.?[0-9])([0-9]*)(?:\.([0-9]{0,9}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
