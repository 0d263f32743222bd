/** Linux's other name for `/`: below it every file of the process can be reached (CVE-2023-6977). */
export const PROC_ROOT = ['proc', 'self', 'root'].join('/');
