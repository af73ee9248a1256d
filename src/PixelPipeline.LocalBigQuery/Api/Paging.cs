using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.LocalBigQuery.Api;

/// <summary>The query parameters by which a list is read in pages.</summary>
internal static class Paging
{
    /// <summary>
    /// How many datasets, tables or jobs a list has without <c>maxResults</c>: what
    /// <see href="https://cloud.google.com/bigquery/docs/reference/bq-cli-reference#bq_ls">bq ls</see>, which sends none, then shows.
    /// </summary>
    public const int UsualPage = 50;

    /// <summary><c>maxResults</c>, at most <paramref name="most"/>; that many when it is absent.</summary>
    /// <exception cref="ApiException">400: it is no whole number, or negative.</exception>
    public static int MaxResults(HttpContext context, int most) => (int)Math.Min(Number(context, "maxResults") ?? most, most);

    /// <summary>A whole number from 0 on; null when the parameter is absent or empty.</summary>
    /// <exception cref="ApiException">400: it is something else.</exception>
    public static long? Number(HttpContext context, string parameter)
    {
        var text = context.Request.Query[parameter].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiException.Invalid($"Invalid value for {parameter}: it has to be a whole number, 0 or more.", parameter);
    }

    /// <summary>What <see cref="Token"/> was made of; null without <c>pageToken</c>.</summary>
    /// <exception cref="ApiException">400: it is no token of ours.</exception>
    public static string? Position(HttpContext context)
    {
        var token = context.Request.Query["pageToken"].ToString();
        if (token.Length == 0)
        {
            return null;
        }

        return Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : throw InvalidToken();
    }

    /// <summary>A token that leads to the page after <paramref name="position"/>.</summary>
    public static string Token(string position) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(position));

    /// <summary>400 for a token that does not belong here.</summary>
    public static ApiException InvalidToken() => ApiException.Invalid("Invalid page token.", "pageToken");
}
