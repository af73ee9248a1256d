using System.Security.Cryptography;
using PixelPipeline.Local.LoadBalancer;

namespace PixelPipeline.Local;

/// <summary>The page script as this version ships it.</summary>
public static class PageScript
{
    /// <summary>
    /// What a tag's <c>integrity</c> says for it, <c>sha384-…</c>: a browser runs no other bytes
    /// (<see href="https://www.w3.org/TR/SRI/"/>).
    /// </summary>
    public static string Integrity { get; } = $"sha384-{Convert.ToBase64String(SHA384.HashData(StaticFiles.Read("pixel.js")))}";
}
