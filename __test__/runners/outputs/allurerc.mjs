import { allureCategories } from 'known-failures/allure';

export default { categories: allureCategories() };
